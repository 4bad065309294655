namespace MoneroCloud.Functions;

/// <summary>
/// Goes on trying while the store is away. A failed message comes again at once and up to 100 times, so a minute without storage would
/// drive it into the dead-letter queue; waiting here costs nothing.
/// </summary>
internal static class Patience
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    public static async Task<TriggerResult> TryAsync(TimeProvider time, Func<Task<TriggerResult>> work, CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        var pause = FirstPause;
        while (true)
        {
            TriggerResult result;
            try
            {
                result = await work();
            }
            catch (StorageUnavailableException e)
            {
                result = new TriggerResult.Failed(e.Message);
            }

            if (result is not TriggerResult.Failed || time.GetElapsedTime(begun) + pause > Longest)
            {
                return result;
            }

            await Task.Delay(pause, time, cancellation);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}
