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

    /// <returns>A failure only after 45 s of trying.</returns>
    public static async Task<TriggerResult> TryAsync(TimeProvider time, Func<Task<TriggerResult>> work, CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var result = await OnceAsync(work);
            var left = Longest - time.GetElapsedTime(begun);
            if (result is not TriggerResult.Failed || left <= TimeSpan.Zero)
            {
                return result;
            }

            await Task.Delay(pause < left ? pause : left, time, cancellation);
        }
    }

    private static async Task<TriggerResult> OnceAsync(Func<Task<TriggerResult>> work)
    {
        try
        {
            return await work();
        }
        catch (StorageUnavailableException e)
        {
            return new TriggerResult.Failed(e.Message);
        }
    }
}
