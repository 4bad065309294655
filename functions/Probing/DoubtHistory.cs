using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// The begin and the end of the monitor's doubt in the history of the subject <c>monitor</c>: between the two nothing was concluded of nodes that
/// seemed to fail, so that time counts neither for nor against them.
/// </summary>
internal static class DoubtHistory
{
    public static RowChange Began(DateTimeOffset at, string why) =>
        Put(new Transition(HealthState.Up, HealthState.Unknown, Condition.Healthy, Condition.Inconclusive, at, why));

    public static RowChange Ended(DateTimeOffset since, DateTimeOffset at) =>
        Put(new Transition(HealthState.Unknown, HealthState.Up, Condition.Inconclusive, Condition.Healthy, at, $"it was in doubt since {Words.Time(since)}"));

    private static RowChange.Put Put(Transition transition)
    {
        var entry = new HistoryEntry { At = transition.At, Place = $"d-{transition.At.UtcTicks}", Transition = transition };
        return new(new Row { Key = Keys.History(NodeId.Monitor, entry), Doc = JsonSerializer.Serialize(entry, CoreJson.Default.HistoryEntry) });
    }
}
