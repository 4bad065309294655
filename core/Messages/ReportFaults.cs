using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What a report must keep to, whoever signed it: nothing in one can be too large or too strange for what takes it in.</summary>
public static class ReportFaults
{
    /// <summary>More nodes than one agent supervises.</summary>
    private const int MostNodes = 2_000;

    private const int MostTrusted = 2;

    private const int LongestVersion = 64;

    /// <summary>SHA-256 in base64url.</summary>
    private const int ThumbprintLength = 43;

    /// <summary>Clocks may be wrong, but times are calculated with.</summary>
    private static readonly DateTimeOffset Earliest = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Null for a report that keeps its bounds; else what is wrong, with the key, the value and the bound.</summary>
    public static string? Of(Report? report) => report switch
    {
        null => "the report is null",
        _ when report.Names.IsDefault || report.Nodes.IsDefault || report.Events.IsDefault => "names, nodes or events are null",
        { Epoch: < 1 } => $"epoch is {report.Epoch}: at least 1",
        { Number: < 1 } => $"number is {report.Number}: at least 1",
        { PeriodSeconds: < 1 or > 600 } => $"period_seconds is {report.PeriodSeconds}: 1 to 600",
        { Version: not { Length: <= LongestVersion } } => $"version is none of at most {LongestVersion} characters",
        { Trusts: { } trusts } when trusts.IsDefault || trusts.Length > MostTrusted || trusts.Any(t => t is not { Length: ThumbprintLength }) =>
            $"trusts is not 0 to {MostTrusted} thumbprints of {ThumbprintLength} characters",
        _ when !IsTime(report.At) => $"at is {report.At:O}: 1970 to 2200",
        _ => OfNodes(report) ?? report.Events.Select((e, i) => OfEvent(report, e, i)).FirstOrDefault(f => f is not null),
    };

    private static string? OfNodes(Report report)
    {
        if (Math.Max(report.Names.Length, report.Nodes.Length) is > MostNodes and var count)
        {
            return $"it has {count} nodes: at most {MostNodes}";
        }

        // They stand together in the agent's row.
        if (report.Names.Sum(n => n.ToString().Length) is > Report.MostNameText and var letters)
        {
            return $"its nodes' names have {letters} characters together: at most {Report.MostNameText}";
        }

        if (report.Nodes.Any(n => n?.Inventory is null))
        {
            return "a node is null, or has no inventory";
        }

        var names = report.Nodes.Select(n => n.Inventory.Name).ToImmutableHashSet();
        return names.Count < report.Nodes.Length ? "a node is there twice"
            : names.Except(report.Names).Cast<NodeName?>().FirstOrDefault() is { } stranger ? $"node {stranger} is not among its names"
            : report.Nodes.Select(OfNode).FirstOrDefault(f => f is not null);
    }

    private static string? OfNode(ReportedNode node) => node switch
    {
        { Inventory.Port: < 1 or > 65535 } => $"node {node.Inventory.Name}: port is {node.Inventory.Port}: 1 to 65535",
        { Inventory.Labels.Count: > 16 } => $"node {node.Inventory.Name}: it has {node.Inventory.Labels.Count} labels: at most 16",
        { Breaker: { } breaker } when breaker.Why is not { Length: <= BreakerStanding.LongestWhy } || !IsTime(breaker.Since) || (breaker.NextTry is { } next && !IsTime(next)) =>
            $"node {node.Inventory.Name}: its breaker has no reason of at most {BreakerStanding.LongestWhy} characters, or no sound times",
        { Seen: { } seen } when !IsSound(seen) => $"node {node.Inventory.Name}: what was seen has no sound number, time, row or evidence",
        _ => null,
    };

    private static string? OfEvent(Report report, NodeEvent? happened, int index) => happened switch
    {
        null or { Fact: null } => $"event {index} is null",
        _ when happened.Epoch != report.Epoch => $"event {index} is of epoch {happened.Epoch}: {report.Epoch}",
        _ when happened.N < 1 || (index > 0 && happened.N <= report.Events[index - 1].N) => $"event {index} has the number {happened.N}: they rise from 1",
        _ when !IsTime(happened.At) => $"event {index}: at is {happened.At:O}: 1970 to 2200",
        { Fact: NodeFact.Observed observed } when observed.Seen is null || !IsSound(observed.Seen) => $"event {index}: what was seen has no sound number, time, row or evidence",
        _ => null,
    };

    private static bool IsSound(ObservedEvidence seen) =>
        seen.Number >= 1 && seen.Row?.IsSound() == true && seen.Evidence is not null && IsTime(seen.At) && seen.Row.First.All(IsTime);

    private static bool IsTime(DateTimeOffset at) => at >= Earliest && at < Latest;
}
