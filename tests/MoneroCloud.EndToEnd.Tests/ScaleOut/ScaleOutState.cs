using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>All that several monitors have stored together.</summary>
internal sealed record ScaleOutState
{
    public required Dictionary<NodeId, NodeRecord> Nodes { get; init; }

    public required ILookup<string, HistoryEntry> History { get; init; }

    /// <summary>Open and closed ones, by subject.</summary>
    public required ILookup<string, Incident> Incidents { get; init; }

    public required IReadOnlyList<OrderRecord> Orders { get; init; }

    public required IReadOnlyList<DeliveryRecord> Deliveries { get; init; }

    /// <summary>What counts as not Up, by subject.</summary>
    public required Dictionary<string, NotUp> NotUp { get; init; }

    /// <summary>Nodes that the shards' totals count.</summary>
    public required int Total { get; init; }

    public static async Task<ScaleOutState> ReadAsync(ITable table, CancellationToken cancellation)
    {
        var rows = new List<Row>();
        foreach (var shard in Shard.All)
        {
            rows.AddRange(await table.RangeAsync(shard, KeyRange.All, int.MaxValue, cancellation).ToListAsync(cancellation));
        }

        IEnumerable<Row> Of(string prefix) => rows.Where(r => r.Key.Key.StartsWith(prefix, StringComparison.Ordinal));
        return new ScaleOutState
        {
            Nodes = Of(Keys.Nodes).Select(r => Documents.Read(r, CoreJson.Default.NodeRecord).Value).ToDictionary(n => n.Id),
            History = Of(Keys.AllHistory).ToLookup(r => r.Key.Key.Split('|')[1], r => Documents.Read(r, CoreJson.Default.HistoryEntry).Value),
            Incidents = Of(Keys.OpenIncidents).Concat(Of(Keys.ClosedIncidents)).Select(r => Documents.Read(r, CoreJson.Default.Incident).Value).ToLookup(i => i.Subject),
            Orders = [.. Of(Keys.Orders).Select(r => Documents.Read(r, CoreJson.Default.OrderRecord).Value)],
            Deliveries = [.. Of(Keys.AllDeliveries).Select(r => Documents.Read(r, MonitorJson.Default.DeliveryRecord).Value)],
            NotUp = Of(Keys.NotUp).ToDictionary(r => r.Key.Key[Keys.NotUp.Length..], r => Documents.Read(r, MonitorJson.Default.NotUp).Value),
            Total = Of("s|summary").Sum(r => Documents.Read(r, MonitorJson.Default.ShardSummary).Value.Total),
        };
    }
}
