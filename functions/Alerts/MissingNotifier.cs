namespace MoneroCloud.Functions;

/// <summary>A channel that was configured when something was to go over it, and is not any more.</summary>
internal sealed class MissingNotifier(string channel) : INotifier
{
    public string Channel => channel;

    public Task<Notified> SendAsync(Notice notice, CancellationToken cancellation) => Task.FromResult<Notified>(new Notified.Refused($"there is no channel {channel} any more"));
}
