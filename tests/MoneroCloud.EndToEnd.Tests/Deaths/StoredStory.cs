using System.Text.Json.Nodes;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>What a monitor has stored, read from its database.</summary>
internal sealed record StoredStory
{
    /// <summary>Rows of an agent's nodes, what is not Up, history and alerts, without what depends on how often it was told and when.</summary>
    public required SortedDictionary<string, string> Rows { get; init; }

    /// <summary>Of that agent, by id.</summary>
    public required Dictionary<NodeId, NodeRecord> Nodes { get; init; }

    /// <summary>Of that agent's nodes.</summary>
    public required List<(NodeName Node, HistoryEntry Entry)> History { get; init; }

    public required List<DeliveryRecord> Deliveries { get; init; }

    public required List<OrderRecord> Orders { get; init; }

    /// <summary>The history of the agent that takes orders.</summary>
    public required List<HistoryEntry> Ordered { get; init; }

    /// <param name="told">The agent of which everything is compared.</param>
    /// <param name="ordered">The agent that takes orders.</param>
    public static async Task<StoredStory> ReadAsync(ITable table, string told, string ordered, CancellationToken cancellation)
    {
        var rows = new List<Row>();
        foreach (var shard in Shard.All)
        {
            rows.AddRange(await table.RangeAsync(shard, KeyRange.All, int.MaxValue, cancellation).ToListAsync(cancellation));
        }

        var story = rows.Where(r => Subjects.Any(s => r.Key.Key.StartsWith($"{s}{told}.", StringComparison.Ordinal)));
        return new StoredStory
        {
            Rows = new(story.ToDictionary(r => r.Key.Key, Text), StringComparer.Ordinal),
            Nodes = Of(rows, $"{Keys.Nodes}{told}.").Select(r => Documents.Read(r, CoreJson.Default.NodeRecord).Value).ToDictionary(n => n.Id),
            History = [.. Of(rows, $"{Keys.AllHistory}{told}.").Select(r => (NodeName.Parse(r.Key.Key.Split('|')[1].Split('.')[1]), Documents.Read(r, CoreJson.Default.HistoryEntry).Value))],
            Deliveries = [.. Of(rows, $"{Keys.AllDeliveries}{told}.").Select(r => Documents.Read(r, MonitorJson.Default.DeliveryRecord).Value)],
            Orders = [.. Of(rows, Keys.Orders).Select(r => Documents.Read(r, CoreJson.Default.OrderRecord).Value).Where(o => o.Order.Audience.ToString() == ordered)],
            Ordered = [.. Of(rows, Keys.AllHistory + ordered).Select(r => Documents.Read(r, CoreJson.Default.HistoryEntry).Value)],
        };
    }

    /// <summary>Whether an alert of an agent's nodes, or an order, is still to be sent.</summary>
    public static async Task<bool> IsUnfinishedAsync(ITable table, string told, CancellationToken cancellation)
    {
        foreach (var shard in Shard.All)
        {
            await foreach (var item in table.ListAsync(shard, KeyRange.Prefix(Keys.Outbox), int.MaxValue, MonitorJson.Default.OutboxItem, cancellation))
            {
                if (item.Value.Alert?.Subject.StartsWith($"{told}.", StringComparison.Ordinal) != false)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Rows that are not as they are there.</summary>
    public List<string> Differences(StoredStory expected) =>
    [
        .. Rows.Keys.Union(expected.Rows.Keys).Where(k => Rows.GetValueOrDefault(k) != expected.Rows.GetValueOrDefault(k))
            .Select(k => $"{k}\n  is {Rows.GetValueOrDefault(k)}\n  and not {expected.Rows.GetValueOrDefault(k)}"),
    ];

    private static string[] Subjects => [Keys.Nodes, Keys.AllHistory, Keys.NotUp, Keys.AllDeliveries];

    private static IEnumerable<Row> Of(List<Row> rows, string prefix) => rows.Where(r => r.Key.Key.StartsWith(prefix, StringComparison.Ordinal));

    private static string Text(Row row) => row.Key.Key[..2] switch
    {
        Keys.Nodes => $"{Node(row.Doc)} pid {row.Pid} worked {row.Worked} {row.WorkedData}",
        Keys.AllDeliveries => Documents.Read(row, MonitorJson.Default.DeliveryRecord).Value is { Alert: var alert } delivery
            ? $"{alert.Kind} {alert.Severity} {alert.At:O} {alert.Title}: {alert.Text} ({delivery.Receipt})" : "",
        _ => row.Doc,
    };

    private static string Node(string doc)
    {
        var node = JsonNode.Parse(doc)!.AsObject();

        // How many reports it took and when they came, which of them was the newest, how many checks they told of, and when its alert was due by the
        // monitor's clock.
        node["host"]?.AsObject().Remove("received_at");
        node["outage"]?.AsObject().Remove("due");
        node["health"]!.AsObject().Remove("last_number");
        node.Remove("turned");
        node.Remove("reported");
        node.Remove("tally");
        node.Remove("rollups");
        return node.ToJsonString();
    }
}
