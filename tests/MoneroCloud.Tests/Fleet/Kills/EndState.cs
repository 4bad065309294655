using System.Text.Json.Nodes;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>All rows of a table as texts that two runs can be compared by: without random ids and keys, and without when something was tried and when nobody ran.</summary>
internal static class EndState
{
    /// <param name="orders">The ids of the orders, in the order in which they were received.</param>
    public static async Task<SortedDictionary<string, string>> OfAsync(MonitorRig rig, IReadOnlyList<string> orders)
    {
        var state = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in (await rig.RowsAsync("")).Where(r => !r.Key.Key.StartsWith("v|channel|", StringComparison.Ordinal) && !r.Key.Key.Contains("|g-", StringComparison.Ordinal)))
        {
            var (key, text) = Plain(row);
            state[Named($"{row.Key.Shard}/{key}", orders)] = Named($"{text} pid {row.Pid} worked {row.Worked} {row.WorkedData}", orders);
        }

        return state;
    }

    private static string Named(string text, IReadOnlyList<string> orders)
    {
        for (var i = 0; i < orders.Count; i++)
        {
            text = text.Replace(orders[i], $"ORDER{i}", StringComparison.Ordinal);
        }

        return text;
    }

    private static (string Key, string Text) Plain(Row row) => row.Key.Key[..2] switch
    {
        Keys.AllDeliveries => Delivery(row),
        Keys.Agents => (row.Key.Key, Without(row.Doc, "keys", "acked_at", "silent_since") + $" silent {row.Doc.Contains("silent_since\":\"", StringComparison.Ordinal)}"),
        Keys.Orders => (row.Key.Key, Without(row.Doc, "attempts", "sent_at")),
        // How often each node was checked is the same whoever died; until when its time is summed up is not.
        Keys.Nodes => (row.Key.Key, Without(row.Doc, "rollups")),
        Keys.AllHistory when row.Key.Key.Contains("|s-", StringComparison.Ordinal) => ($"h|{row.Key.Key.Split('|')[1]}|silent{(row.Key.Key[^1] == 'e' ? " no more" : "")}", ""),
        Keys.NotUp => (row.Key.Key, Without(row.Doc, "since")),
        "k|" => ($"k|{Documents.Read(row, MonitorJson.Default.IncidentPlace).Value.Subject}", ""),
        "i|" or Keys.ClosedIncidents => Incident(row),
        "s|" => (row.Key.Key, Without(row.Doc, "at", "since")),
        _ => (row.Key.Key, row.Doc),
    };

    /// <summary>When a silent agent was noticed, and how often a delivery was tried, depends on when somebody died.</summary>
    private static (string Key, string Text) Delivery(Row row)
    {
        var record = Documents.Read(row, MonitorJson.Default.DeliveryRecord).Value;
        var alert = record.Alert;
        return ($"{Keys.AllDeliveries}{alert.Id}|{record.Channel}", $"{alert.Subject} {alert.Kind} {alert.Severity} {alert.Title}: {alert.Text}; {record.Receipt} {record.Refused}");
    }

    /// <summary>When it was told, and what a silent agent's began with, depends on when somebody died.</summary>
    private static (string Key, string Text) Incident(Row row)
    {
        var incident = Documents.Read(row, Core.CoreJson.Default.Incident).Value;
        return ($"{row.Key.Key[..2]}{incident.Subject}", $"{incident.Title} {incident.State} {incident.Severity} {string.Join(' ', incident.Causes)} {string.Join(' ', incident.ToldTo)} {incident.Reminders}: {string.Join(' ', incident.Actions.Select(a => a.Kind).Order())}");
    }

    private static string Without(string doc, params ReadOnlySpan<string> members)
    {
        var node = JsonNode.Parse(doc)!.AsObject();
        foreach (var member in members)
        {
            node.Remove(member);
        }

        return node.ToJsonString();
    }
}
