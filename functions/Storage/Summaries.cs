namespace MoneroCloud.Functions;

/// <summary>Each shard's row of totals.</summary>
internal static class Summaries
{
    private const int Tries = 3;

    /// <summary>Counts shards whose nodes have come or gone; when their last tick was stays as it is.</summary>
    public static async Task RecountAsync(ITable table, IEnumerable<Shard> shards, CancellationToken cancellation)
    {
        foreach (var shard in shards.Distinct())
        {
            var total = 0;
            await foreach (var _ in table.RangeAsync(shard, KeyRange.Prefix(Keys.Nodes), int.MaxValue, cancellation))
            {
                total++;
            }

            await WriteAsync(table, shard, summary => summary with { Total = total }, cancellation);
        }
    }

    /// <summary>All nodes that are stored, as far as they were counted.</summary>
    public static async Task<int> TotalAsync(ITable table, CancellationToken cancellation) =>
        (await Task.WhenAll(Shard.All.Select(s => FindAsync(table, s, cancellation)))).Sum(s => s?.Value.Total ?? 0);

    /// <summary>Null where the shard has none yet. One that cannot be read is empty, until the next tick has written it.</summary>
    public static Task<Stored<ShardSummary>?> FindAsync(ITable table, Shard shard, CancellationToken cancellation) =>
        table.FindOrRenewAsync(Keys.Summary(shard), MonitorJson.Default.ShardSummary, () => new ShardSummary(), _ => { }, cancellation);

    /// <summary>Best effort: a summary that loses its races is written anew by the next tick.</summary>
    public static async Task WriteAsync(ITable table, Shard shard, Func<ShardSummary, ShardSummary> change, CancellationToken cancellation)
    {
        for (var i = 0; i < Tries; i++)
        {
            var before = await FindAsync(table, shard, cancellation) ?? new Stored<ShardSummary>(new ShardSummary(), null);
            if (await table.CommitAsync([Documents.Write(Keys.Summary(shard), before with { Value = change(before.Value) }, MonitorJson.Default.ShardSummary)], cancellation) is CommitResult.Committed)
            {
                return;
            }
        }
    }
}
