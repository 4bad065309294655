namespace MoneroCloud.Functions;

/// <summary>
/// Sends a test over channels that are switched off by their provider when nothing comes for long, a workflow of Teams after 90 days: once a week
/// without any message. So it is known, too, that such a channel still works.
/// </summary>
/// <param name="names">Of those channels.</param>
internal sealed class QuietChannels(Channels channels, TestAlerts tests, IReadOnlyCollection<string> names)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <returns>How many tests were sent.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var sent = 0;
        foreach (var channel in names)
        {
            if (await channels.TakeQuietAsync(channel, Week, cancellation))
            {
                await tests.PlaceAsync(channel, "the monitor", cancellation);
                sent++;
            }
        }

        return sent;
    }
}
