using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// What is in a history beside the changes of health and says in which state a subject was: that it was taken out of supervision or removed, that an agent was
/// silent, that the monitor did not run. Uptime is computed from these.
/// </summary>
internal static class StateMarks
{
    /// <summary>One that is new and not to be supervised: without a mark its past, of an earlier declaration, would be taken for such too. Null where it is available.</summary>
    public static HistoryEntry? Inserted(NodeChange change, DateTimeOffset now) =>
        change.Next.Available || change.History.Any(h => h.Fact is NodeFact.Ordered { Verb: "disable" or "enable" }) ? null : Entry(
            StateLine.Availability,
            new Transition(HealthState.Unknown, HealthState.Disabled, Condition.Inconclusive, Condition.StoppedByOperator, now, "it is declared, and not available: neither probed nor counted"));

    /// <summary>A node's declaration takes it out of supervision, or back; what an operator ordered is in the history as an event already. Null where nothing changed.</summary>
    public static HistoryEntry? Availability(NodeRecord before, NodeChange change, DateTimeOffset now)
    {
        var next = change.Next;
        if (before.Available == next.Available || change.History.Any(h => h.Fact is NodeFact.Ordered { Verb: "disable" or "enable" }))
        {
            return null;
        }

        var transition = next.Available
            ? new Transition(HealthState.Disabled, next.Health.State, Condition.StoppedByOperator, next.Health.Condition, now, "it is available again")
            : new Transition(before.Health.State, HealthState.Disabled, before.Health.Condition, Condition.StoppedByOperator, now, "it is not available: neither probed nor counted");
        return Entry(StateLine.Availability, transition);
    }

    public static RowChange Removed(NodeRecord node, DateTimeOffset now) => Put(
        node.Id.ToString(),
        Entry(StateLine.Removal, new Transition(node.Health.State, HealthState.Unknown, node.Health.Condition, Condition.Inconclusive, now, "it is not declared any more: removed")));

    public static RowChange Silent(NodeName agent, DateTimeOffset at) => Put(
        agent.ToString(),
        Entry(StateLine.Silence, new Transition(HealthState.Up, HealthState.Unknown, Condition.Healthy, Condition.AgentSilent, at, "it is silent: of its nodes nobody knows")));

    /// <param name="at">Another process's clock may be behind that of the one that noticed the silence.</param>
    public static RowChange SpeaksAgain(NodeName agent, DateTimeOffset since, DateTimeOffset at) => Put(
        agent.ToString(),
        Entry(StateLine.Silence, new Transition(HealthState.Unknown, HealthState.Up, Condition.AgentSilent, Condition.Healthy, at > since ? at : since, $"it reports again; it was silent since {Words.Time(since)}")));

    /// <summary>The monitor did not run between the two.</summary>
    public static IEnumerable<RowChange> Away(DateTimeOffset since, DateTimeOffset until) =>
    [
        Put(NodeId.Monitor, Entry(StateLine.Gap, new Transition(HealthState.Up, HealthState.Unknown, Condition.Healthy, Condition.Inconclusive, since, "the monitor did not run after this"))),
        Put(NodeId.Monitor, Entry(StateLine.Gap, new Transition(HealthState.Unknown, HealthState.Up, Condition.Inconclusive, Condition.Healthy, until, $"the monitor runs again; it did not since {Words.Time(since)}"))),
    ];

    /// <summary>What begins and what ends may be of the same moment.</summary>
    private static HistoryEntry Entry(string kind, Transition transition) => new()
    {
        At = transition.At,
        Place = $"{kind}{transition.At.UtcTicks}{(transition.To is HealthState.Unknown or HealthState.Disabled ? "" : "e")}",
        Transition = transition,
    };

    private static RowChange.Put Put(string subject, HistoryEntry entry) =>
        new(new Row { Key = Keys.History(subject, entry), Doc = JsonSerializer.Serialize(entry, CoreJson.Default.HistoryEntry) });
}
