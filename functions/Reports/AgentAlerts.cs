using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What is to be told of an agent as a whole, beside its nodes. Pure.</summary>
internal static class AgentAlerts
{
    public static IEnumerable<Alert> Of(AgentRecord before, Report report, DateTimeOffset now, AlertPolicy policy)
    {
        if (before.SilentSince is { } since)
        {
            yield return Make(before, $"back.{since.UtcTicks}", AlertKind.AgentBack, AlertSeverity.Low, now, "reports again", $"it had been silent since {Time(since)}");
        }

        var late = report.Events.Where(e => e.Position > before.Stored && now - e.At > policy.LateAfter).ToList();
        if (late.Count > 0)
        {
            yield return Make(
                before,
                $"late.{late[0].Position}",
                AlertKind.LateEvents,
                AlertSeverity.Low,
                now,
                "tells of the past",
                $"{late.Count} events between {Time(late[0].At)} and {Time(late[^1].At)} arrived only now: they are in the history and were not alerted one by one");
        }
    }

    public static Alert Silent(AgentRecord agent, DateTimeOffset now) => Make(
        agent,
        $"silent.{(agent.ReceivedAt ?? agent.EnrolledAt).UtcTicks}",
        AlertKind.AgentSilent,
        AlertSeverity.Critical,
        now,
        "is silent",
        $"no report since {Time(agent.ReceivedAt ?? agent.EnrolledAt)}, one is due every {agent.PeriodSeconds} s; its {agent.Names.Length} nodes are unknown: look at its host and at its way to the bus");

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
