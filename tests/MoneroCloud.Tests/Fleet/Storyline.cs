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
                ? JsonSerializer.Serialize(Documents.Read(row, MonitorJson.Default.OutboxItem).Value.Alert, CoreJson.Default.Alert)
                : row.Doc;
        }

        return story;
    }

    private static string Node(string doc)
    {
        var node = JsonNode.Parse(doc)!.AsObject();
        node["host"]?.AsObject().Remove("received_at");

        // How many reports and judgments it took, and which observation stood there when an event changed the health.
        node["health"]!.AsObject().Remove("last_number");
        node.Remove("turned");
        node.Remove("reported");
        return node.ToJsonString();
    }
}
