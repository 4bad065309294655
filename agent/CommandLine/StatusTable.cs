using System.Globalization;
using MoneroCloud.Core;
using Spectre.Console;

namespace MoneroCloud.Agent;

/// <summary>Nodes as a table for people; plain text where the output is no terminal or NO_COLOR is set.</summary>
internal static class StatusTable
{
    public static void Write(IReadOnlyCollection<NodeStatus> nodes, bool one, IAnsiConsole console, DateTimeOffset now)
    {
        console.Write(Of(nodes, now));
        if (!one)
        {
            var report = StatusReport.Of(nodes);
            console.WriteLine($"total {report.Total}, working {report.Working} (degraded {report.Degraded}), failed {report.Failed}, unknown {report.Unknown}");
        }
    }

    /// <param name="most">The most characters of the last column; what is longer is cut. Null: all of it, over several lines.</param>
    public static Table Of(IEnumerable<NodeStatus> nodes, DateTimeOffset now, int? most = null)
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
                Text($"{node.Pid?.ToString(CultureInfo.InvariantCulture) ?? "-"}{(node.Manage == NodeManage.Watch ? " watched" : "")}"),
                Text(node.Port?.ToString(CultureInfo.InvariantCulture) ?? "-"),
                Text(node.Since is { } since ? ShownTime.Of(since, now) : "-"),
                Text(Cut(Matter(node), most)));
        }

        return table;
    }

    /// <summary>With what keeps it from being started or restarted, and what is being done about it.</summary>
    private static string Matter(NodeStatus node)
    {
        var held = node.HeldRestart is { } restart ? $"not restarted: {restart.Reason}" : null;
        var ordered = node is { State: HealthState.Down, LastRestart: { EndedAt: null } order } ? $"its restart is ordered (order {order.Order})" : null;
        return ShownText.Printable(string.Join("; ", new[] { node.Message, node.Breaker?.Text(), held, ordered }.OfType<string>()));
    }

    private static string Cut(string text, int? most) => most is { } length && text.Length > length ? $"{text[..(length - 1)]}…" : text;

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
