namespace MoneroCloud.Functions;

/// <summary>Makes the table as soon as the store can be reached: beside the answers, which must not wait for it.</summary>
internal static class TablePreparation
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(ITable table, TimeProvider time, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await table.PrepareAsync(stop);
                await Task.Delay(Timeout.InfiniteTimeSpan, time, stop);
            }
            catch (StorageUnavailableException)
            {
                // Whoever uses it meanwhile says so.
                await Task.Delay(Again, time, stop);
            }
        }
    }
}
