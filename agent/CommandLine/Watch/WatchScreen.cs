using System.Globalization;
using MoneroCloud.Core;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MoneroCloud.Agent;

/// <summary>One picture of <c>watch</c> on a terminal: what is wrong first, as many nodes as fit, and what changed last.</summary>
internal static class WatchScreen
{
    private const int MostChanges = 8;

    /// <summary>Lines around the nodes: the head, the table's own, an empty one, what is left out, and the foot.</summary>
    private const int Frame = 6;

    /// <summary>Characters that the last column has however narrow the terminal is.</summary>
    private const int LeastMatter = 20;

    /// <summary>All columns but the first and the last, with the gaps.</summary>
    private const int MiddleColumns = 65;

    /// <param name="last">The last look that saw something.</param>
    /// <param name="trouble">Why the newest look saw nothing; null when it did.</param>
    /// <param name="changes">The newest last.</param>
    /// <param name="size">Of the terminal, in columns and lines.</param>
    public static IRenderable Draw(FleetLook last, string? trouble, IReadOnlyList<FleetChange> changes, bool failing, (int Width, int Height) size, DateTimeOffset now)
    {
        var news = changes.TakeLast(Math.Min(MostChanges, Math.Max(0, (size.Height - Frame) / 3))).ToList();
        var room = Math.Max(1, size.Height - Frame - (news.Count == 0 ? 0 : news.Count + 1));
        var shown = Wanted(last.Nodes, failing);
        List<IRenderable> parts = [Head(last, trouble, now), StatusTable.Of(shown.Take(room), now, Math.Max(LeastMatter, size.Width - OtherColumns(last.Nodes))), new Text(Left(last, shown.Count, room))];
        if (news.Count > 0)
        {
            parts.Add(new Text("what changed:"));
            parts.AddRange(news.Select(c => Line($"{Clock(c.At)} {c.Text()}", size.Width)));
        }

        parts.Add(new Text("q ends, f shows what fails or all", new Style(decoration: Decoration.Dim)));
        return new Rows(parts);
    }

    /// <summary>The worst first, within a state by id.</summary>
    public static IReadOnlyList<NodeStatus> Wanted(IReadOnlyList<NodeStatus> nodes, bool failing) =>
        [.. nodes.Where(n => !failing || !IsWell(n)).OrderBy(Rank).ThenBy(n => n.Id, StringComparer.Ordinal)];

    private static bool IsWell(NodeStatus node) => node.CountedState == HealthState.Disabled || (node.CountedState == HealthState.Up && node.Condition == Condition.Healthy);

    private static int Rank(NodeStatus node) => node.CountedState switch
    {
        HealthState.Down => 0,
        HealthState.Unknown => 1,
        HealthState.Degraded => 2,
        HealthState.Up => node.Condition == Condition.Healthy ? 4 : 3,
        _ => 5,
    };

    private static int OtherColumns(IReadOnlyList<NodeStatus> nodes) => MiddleColumns + (nodes.Max(n => (int?)n.Id.Length) ?? 0);

    private static Text Line(string text, int width) => new(text.Length > width ? $"{text[..(width - 1)]}…" : text);

    private static Text Head(FleetLook last, string? trouble, DateTimeOffset now)
    {
        var report = StatusReport.Of([.. last.Nodes]);
        var counts = $"total {report.Total}, working {report.Working} (degraded {report.Degraded}), failed {report.Failed}, unknown {report.Unknown}";
        return trouble is null
            ? new Text($"{Clock(last.At)}  {counts}", new Style(decoration: Decoration.Bold))
            : new Text($"NOT LIVE since {Clock(last.At)} ({Words.Duration(now - last.At)}): {trouble}; then: {counts}", new Style(Color.Red, decoration: Decoration.Bold));
    }

    private static string Left(FleetLook last, int shown, int room)
    {
        var hidden = last.Nodes.Count - shown;
        return string.Join("; ", new[] { shown > room ? $"{shown - room} more do not fit" : "", hidden > 0 ? $"{hidden} work and are not shown" : "" }.Where(t => t.Length > 0));
    }

    private static string Clock(DateTimeOffset at) => at.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
