namespace MoneroCloud.Functions;

/// <summary>Counts what was refused, one row for each queue and kind of reason: bounded, whoever floods the queue.</summary>
internal static class Refusals
{
    private const int Tries = 3;

    public static async Task CountAsync(Monitor monitor, string queue, string kind, CancellationToken cancellation)
    {
        var key = new RowKey(Shard.Of(queue), $"{Keys.Refusals}{queue}|{kind}");
        for (var i = 0; i < Tries; i++)
        {
            var now = monitor.Now;
            var before = await monitor.Table.FindAsync(key, MonitorJson.Default.Refusal, cancellation)
                ?? new Stored<Refusal>(new Refusal { Queue = queue, Reason = kind, FirstAt = now }, null);
            var next = before.Value with { Count = before.Value.Count + 1, LastAt = now };
            if (await monitor.Table.CommitAsync([Documents.Write(key, before with { Value = next }, MonitorJson.Default.Refusal)], cancellation) is CommitResult.Committed)
            {
                return;
            }
        }
    }
}
