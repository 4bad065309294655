using System.Collections.Immutable;
using static MoneroCloud.Core.Certainty;
using static MoneroCloud.Core.HealthState;

namespace MoneroCloud.Core;

/// <summary>
/// Turns all the evidence about a node into one diagnosis: the rows are tried in order and the first match wins. Total (the last row always
/// matches), pure, and it never throws for what the evidence says.
/// </summary>
public static class Diagnoser
{
    /// <summary>The table, in its order. What the host knows for certain comes first, then what the API said, then what its silence means.</summary>
    internal static ImmutableArray<DiagnosisRow> Rows { get; } =
    [
        new(Condition.Inconclusive, null, Probable, HostRows.Inconclusive),
        new(Condition.StoppedByOperator, Disabled, Certain, HostRows.StoppedByOperator),
        new(Condition.PortTaken, Down, Certain, HostRows.PortTaken),
        new(Condition.Orphan, Down, Certain, HostRows.Orphan),
        new(Condition.PidReused, Down, Certain, HostRows.PidReused),
        new(Condition.Exited, Down, Certain, HostRows.Exited),
        new(Condition.Stopped, Down, Certain, HostRows.Stopped),
        new(Condition.OutputBlocked, Down, Certain, HostRows.OutputBlocked),
        new(Condition.Starting, Unknown, Certain, HostRows.Starting),

        new(Condition.WrongService, Down, Probable, AnsweredRows.WrongService),
        new(Condition.BadAnswer, Down, Probable, AnsweredRows.BadAnswer),
        new(Condition.AuthRejected, Degraded, Probable, AnsweredRows.AuthRejected),
        new(Condition.NoWalletOpen, Degraded, Probable, AnsweredRows.NoWalletOpen),
        new(Condition.DaemonForked, Down, Probable, AnsweredRows.DaemonForked),
        new(Condition.DaemonStalled, Degraded, Probable, AnsweredRows.DaemonStalled),
        new(Condition.WalletBehind, Degraded, Probable, AnsweredRows.WalletBehind),
        new(Condition.Healthy, Up, Probable, AnsweredRows.Healthy),

        new(Condition.Saturated, Degraded, Probable, SilentRows.Saturated),
        new(Condition.DaemonDown, Down, Probable, SilentRows.DaemonDown),
        new(Condition.DaemonBusy, Degraded, Probable, SilentRows.DaemonBusy),
        new(Condition.Busy, Degraded, Probable, SilentRows.Busy),
        new(Condition.BusyTooLong, Degraded, Probable, SilentRows.BusyTooLong),
        new(Condition.WaitingForDaemon, Degraded, Probable, SilentRows.WaitingForDaemon),
        new(Condition.Hung, Down, Probable, SilentRows.Hung),
        new(Condition.PortClosed, Down, Probable, SilentRows.PortClosed),
        new(Condition.Silent, null, Probable, SilentRows.Silent),
        new(Condition.Unreachable, Degraded, Probable, SilentRows.Unreachable),
        new(Condition.Unresponsive, Down, Probable, SilentRows.Unresponsive),

        // Nothing to go by: the state stays as it is, and the node does not count as working.
        new(Condition.Silent, null, Probable, SilentRows.NothingKnown),
    ];

    /// <summary>What is the matter with the node, what state that means, and what helps.</summary>
    public static Diagnosis Diagnose(NodeEvidence evidence, DiagnosisPolicy policy) => Diagnose(evidence, policy, Rows);

    /// <summary>By another table: what a test takes a row from, to see that its absence is noticed.</summary>
    internal static Diagnosis Diagnose(NodeEvidence evidence, DiagnosisPolicy policy, ImmutableArray<DiagnosisRow> rows)
    {
        var subject = new Case(evidence, policy);
        foreach (var row in rows)
        {
            if (row.Match(subject) is { } finding)
            {
                return WithNotes(Verdict(row, WatchedRemedies.Fit(subject, finding)), Notes.Of(subject));
            }
        }

        throw new InvalidOperationException("The last row of the table matches everything.");
    }

    /// <summary>The state a condition speaks for; null when it leaves the state as it is.</summary>
    public static HealthState? StateOf(Condition condition) => Rows.FirstOrDefault(r => r.Condition == condition)?.State;

    private static Diagnosis Verdict(DiagnosisRow row, Finding finding) => new()
    {
        Condition = row.Condition,
        State = row.State,
        Certainty = row.Certainty,
        Remedy = finding.Remedy,
        Explanation = finding.Explanation,
    };

    /// <summary>A note is certain: it turns Up into Degraded at once. Every other state keeps its own certainty.</summary>
    private static Diagnosis WithNotes(Diagnosis verdict, ImmutableArray<(Note Note, string Text)> notes)
    {
        if (notes.IsEmpty)
        {
            return verdict;
        }

        var noted = verdict with
        {
            Notes = [.. notes.Select(n => n.Note)],
            Explanation = string.Join("; ", notes.Select(n => n.Text).Prepend(verdict.Explanation)),
        };
        return noted.State == Up ? noted with { State = Degraded, Certainty = Certain, Remedy = Remedy.Alert } : noted;
    }
}
