using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What is to be told of an agent as a whole, beside its nodes. Pure.</summary>
internal static class AgentAlerts
{
    /// <param name="next">The agent after <paramref name="report"/> was taken in.</param>
    public static IEnumerable<Alert> Of(AgentRecord before, AgentRecord next, Report report, ReportArrival arrival, AlertPolicy policy)
    {
        var now = arrival.ReceivedAt;
        if (before.SilentSince is { } since && next.SilentSince is null)
        {
            yield return Make(before, $"back.{since.UtcTicks}", AlertKind.AgentBack, AlertSeverity.Low, now, "reports again", $"it had been silent since {Time(since)}");
        }

        // One for all of it, however many reports it took.
        if (!report.More && LateOf(before, report, arrival, policy) is { } late)
        {
            yield return Make(
                before,
                $"late.{late.First}",
                AlertKind.LateEvents,
                AlertSeverity.Low,
                now,
                "tells of the past",
                $"{late.Count} events between {Time(late.From)} and {Time(late.To)} arrived only now: they are in the history and were not alerted one by one");
        }
    }

    public static LateTelling? LateOf(AgentRecord before, Report report, ReportArrival arrival, AlertPolicy policy) =>
        report.Events.Where(e => e.Position > before.Stored && arrival.ToldAt - e.At > policy.LateAfter).Aggregate(before.Late, LateTelling.After);

    /// <param name="unanswered">How many of its nodes do not answer the monitor's own probe either; of these it is the one alert.</param>
    public static Alert Silent(AgentRecord agent, int unanswered, DateTimeOffset now) => Make(
        agent,
        $"silent.{(agent.ReceivedAt ?? agent.EnrolledAt).UtcTicks}",
        AlertKind.AgentSilent,
        AlertSeverity.Critical,
        now,
        "is silent",
        $"no report since {Time(agent.ReceivedAt ?? agent.EnrolledAt)}, one is due every {agent.PeriodSeconds} s; its {agent.Names.Length} nodes are unknown{(unanswered == 0 ? "" : $", and {unanswered} of them do not answer the monitor's probe either")}: look at its host and at its way to the bus");

    private static Alert Make(AgentRecord agent, string place, AlertKind kind, AlertSeverity severity, DateTimeOffset now, string what, string text) => new()
    {
        Id = Alert.IdOf(agent.Name.ToString(), place, kind),
        Subject = agent.Name.ToString(),
        Kind = kind,
        Severity = severity,
        At = now,
        Due = now,
        Title = $"agent {agent.Name} {what}",
        Text = text,
    };

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
