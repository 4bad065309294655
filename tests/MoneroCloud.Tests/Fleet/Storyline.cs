using System.Text.Json;
using System.Text.Json.Nodes;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>
/// All that a monitor has stored of nodes, as texts that two monitors can be compared by: rows of nodes, history, alerts. Without what
/// depends on how often it was told and not on what happened.
/// </summary>
internal static class Storyline
{
    public static async Task<SortedDictionary<string, string>> OfAsync(MonitorRig rig)
    {
        var story = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in await rig.RowsAsync(Keys.Nodes))
        {
            story[row.Key.Key] = $"{Node(row.Doc)} pid {row.Pid} worked {row.Worked} {row.WorkedData}";
        }

        foreach (var row in await rig.RowsAsync(Keys.AllHistory))
        {
            story[row.Key.Key] = row.Doc;
        }

        foreach (var row in (await rig.RowsAsync(Keys.Outbox)).Concat(await rig.RowsAsync(Keys.NotUp)))
        {
            story[row.Key.Key] = row.Key.Key.StartsWith(Keys.Outbox, StringComparison.Ordinal)
                ? Alert(Documents.Read(row, MonitorJson.Default.OutboxItem).Value.Alert)
                : row.Doc;
        }

        return story;
    }

    /// <summary>Whether a node could be restarted is asked with its state, which may come with another report than what it is alerted for.</summary>
    private static string Alert(Alert? alert) => JsonSerializer.Serialize(
        alert is { Text: var text } && text.IndexOf("; not restarted:", StringComparison.Ordinal) is > 0 and var end ? alert with { Text = text[..end] } : alert!,
        CoreJson.Default.Alert);

    private static string Node(string doc)
    {
        var node = JsonNode.Parse(doc)!.AsObject();
        node["host"]?.AsObject().Remove("received_at");

        // How many reports and judgments it took, and which observation stood there when an event changed the health.
        node["health"]!.AsObject().Remove("last_number");
        node.Remove("turned");
        node.Remove("tally");
        node.Remove("rollups");
        node.Remove("held_restart");
        node.Remove("reported");
        return node.ToJsonString();
    }
}
