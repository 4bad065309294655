namespace MoneroCloud.Functions;

/// <summary>Reads what is counted: one row and one short range a shard, side by side.</summary>
internal static class FleetCountsReader
{
    /// <summary>Rows of one shard that are read.</summary>
    public const int MostRows = 1_000;

    public static async Task<FleetCounts> ReadAsync(ITable table, CancellationToken cancellation)
    {
        var shards = await Task.WhenAll(Shard.All.Select(s => ReadAsync(table, s, cancellation)));
        return FleetCounts.Of(
            [.. shards.Select(s => s.Summary)],
            [.. shards.SelectMany(s => s.Rows.Take(MostRows))],
            shards.Any(s => s.Rows.Count > MostRows));
    }

    private static async Task<(ShardSummary? Summary, List<NotUpRow> Rows)> ReadAsync(ITable table, Shard shard, CancellationToken cancellation)
    {
        var summary = await table.FindAsync(Keys.Summary(shard), MonitorJson.Default.ShardSummary, cancellation);
        var rows = new List<NotUpRow>();
        await foreach (var row in table.RangeAsync(shard, KeyRange.Prefix(Keys.NotUp), MostRows + 1, cancellation))
        {
            rows.Add(new NotUpRow(row.Key.Key[Keys.NotUp.Length..], Documents.Read(row, MonitorJson.Default.NotUp).Value));
        }

        return (summary?.Value, rows);
    }
}
