using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>How many of what are in a message: <c>3 nodes are down, 1 works again</c>. Of one subject, what it is by now.</summary>
internal static class NoticeHeadline
{
    /// <summary>In the order in which they are named.</summary>
    private static readonly AlertKind[] Order =
    [
        AlertKind.Down, AlertKind.AgentSilent, AlertKind.MonitorInDoubt, AlertKind.ConfigurationRefused, AlertKind.Reminder, AlertKind.Degraded, AlertKind.RestartFailed, AlertKind.BreakerOpened,
        AlertKind.LateEvents, AlertKind.Noted, AlertKind.Restarted, AlertKind.AgentBack, AlertKind.Recovered, AlertKind.Test,
    ];

    public static string Of(ImmutableArray<NoticeItem> items)
    {
        var phrases = Current(items.Select(i => i.Alert))
            .GroupBy(a => (Rank: RankOf(a.Kind), Noun: Noun(a)))
            .OrderBy(g => g.Key.Rank)
            .ThenBy(g => g.Key.Noun, StringComparer.Ordinal);
        var (said, before) = (new List<string>(), "");
        foreach (var phrase in phrases)
        {
            said.Add(Phrase(phrase.First().Kind, phrase.Count(), phrase.Key.Noun, phrase.Key.Noun == before));
            before = phrase.Key.Noun;
        }

        return string.Join(", ", said);
    }

    /// <summary>Whoever went down and works again is not down, and who has two notes is one.</summary>
    private static IEnumerable<Alert> Current(IEnumerable<Alert> alerts) => alerts
        .GroupBy(a => a.Subject)
        .SelectMany(of => of.Where(a => !IsState(a.Kind)).DistinctBy(a => a.Kind).Concat(of.Where(a => IsState(a.Kind)).TakeLast(1)));

    private static bool IsState(AlertKind kind) =>
        kind is AlertKind.Down or AlertKind.Degraded or AlertKind.Recovered or AlertKind.Restarted or AlertKind.AgentSilent or AlertKind.AgentBack;

    private static int RankOf(AlertKind kind) => Array.IndexOf(Order, kind) is >= 0 and var rank ? rank : Order.Length;

    private static string Noun(Alert alert) => NodeId.TryParse(alert.Subject, out _) ? "node" : alert.Subject == NodeId.Monitor ? "monitor" : "agent";

    private static string Phrase(AlertKind kind, int count, string noun, bool understood)
    {
        var who = understood ? $"{count}" : $"{count} {noun}{(count == 1 ? "" : "s")}";
        return kind switch
        {
            AlertKind.MonitorInDoubt => "the monitor doubts what it sees",
            AlertKind.ConfigurationRefused => "the monitor runs with an earlier configuration",
            AlertKind.Down => $"{who} {(count == 1 ? "is" : "are")} down",
            AlertKind.Degraded => $"{who} {(count == 1 ? "is" : "are")} degraded",
            AlertKind.AgentSilent => $"{who} {(count == 1 ? "is" : "are")} silent",
            AlertKind.AgentBack => $"{who} {(count == 1 ? "is" : "are")} back",
            AlertKind.Recovered => $"{who} {(count == 1 ? "works" : "work")} again",
            AlertKind.Restarted => $"{who} {(count == 1 ? "was" : "were")} restarted",
            AlertKind.RestartFailed => $"{who} {(count == 1 ? "was" : "were")} restarted in vain",
            AlertKind.BreakerOpened => $"{who} {(count == 1 ? "is" : "are")} not started for a while",
            AlertKind.LateEvents => $"{who} {(count == 1 ? "tells" : "tell")} of what happened long ago",
            AlertKind.Reminder => $"{who} {(count == 1 ? "is" : "are")} still in trouble",
            AlertKind.Test => $"{(count == 1 ? "a test" : $"{count} tests")} of this channel",
            AlertKind.Noted => $"{who} {(count == 1 ? "has" : "have")} a note",
            _ => $"{count} more {(count == 1 ? "alert" : "alerts")} about {(count == 1 ? "a" : "the")} {noun}{(count == 1 ? "" : "s")}",
        };
    }
}
