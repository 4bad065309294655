using System.Globalization;
using MoneroCloud.Core;
using Spectre.Console;

namespace MoneroCloud.Agent;

/// <summary>Nodes as a table for people; plain text where the output is no terminal or NO_COLOR is set.</summary>
internal static class StatusTable
{
    public static void Write(IReadOnlyCollection<NodeStatus> nodes, bool one, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.None).Expand();
        foreach (var column in new[] { "NODE", "STATE", "CONDITION", "PID", "PORT", "SINCE" })
        {
            table.AddColumn(new TableColumn(column).NoWrap());
        }

        table.AddColumn("WHAT IS THE MATTER");
        foreach (var node in nodes)
        {
            table.AddRow(
                Text(node.Id),
                new Markup($"[{Colour(node)}]{(node.Available ? node.State : "Disabled")}[/]"),
                Text(node.Condition.ToString()),
                Text(node.Pid?.ToString(CultureInfo.InvariantCulture) ?? "-"),
                Text(node.Port?.ToString(CultureInfo.InvariantCulture) ?? "-"),
                Text(node.Since?.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture) ?? "-"),
                Text(node.Message));
        }

        console.Write(table);
        if (!one)
        {
            var report = StatusReport.Of(nodes);
            console.WriteLine($"total {report.Total}, working {report.Working} (degraded {report.Degraded}), failed {report.Failed}, unknown {report.Unknown}");
        }
    }

    private static Text Text(string text) => new(text);

    private static string Colour(NodeStatus node) => node.State switch
    {
        _ when !node.Available => "grey",
        HealthState.Up => "green",
        HealthState.Degraded => "yellow",
        HealthState.Down => "red",
        HealthState.Disabled => "grey",
        _ => "blue",
    };
}
