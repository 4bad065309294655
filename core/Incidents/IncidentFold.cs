using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>How an incident begins, changes and ends. Pure; what is done to it is done here, whoever does it.</summary>
internal static class IncidentFold
{
    private const int LongestText = 1_000;
    private const int LongestAction = 300;

    /// <param name="open">The subject's open incident; null when it has none.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="detail">Tells two incidents apart that began in one moment.</param>
    public static Incident Fails(Incident? open, Trouble trouble, DateTimeOffset at, string detail)
    {
        if (open is null)
        {
            return Held(With(New(trouble, detail), new IncidentAction(at, IncidentActionKind.Opened, $"{trouble.Title}: {trouble.Text}")), trouble.HeldBy, at);
        }

        var known = open.Causes.Contains(trouble.Cause) && open.Condition == trouble.Condition && trouble.Severity <= open.Severity;
        var next = open with
        {
            Causes = open.Causes.Contains(trouble.Cause) ? open.Causes : open.Causes.Add(trouble.Cause),
            Severity = Worst(open.Severity, trouble.Severity),
            Condition = trouble.Condition ?? open.Condition,
            Text = Short(trouble.Text, LongestText),
        };
        return Held(known ? next : With(next, new IncidentAction(at, IncidentActionKind.Changed, $"{trouble.Title}: {trouble.Text}")), trouble.HeldBy, at);
    }

    /// <summary>One cause is gone; with the last one the incident is resolved.</summary>
    public static Incident Ends(Incident open, string cause, DateTimeOffset at, string text)
    {
        var causes = open.Causes.Remove(cause);
        return causes.Length == open.Causes.Length ? open
            : causes.IsEmpty ? Resolved(open, at, text, by: null)
            : With(open with { Causes = causes }, new IncidentAction(at, IncidentActionKind.Changed, $"{cause} is over: {text}"));
    }

    /// <param name="by">Who says so; null when the subject recovered.</param>
    public static Incident Resolved(Incident open, DateTimeOffset at, string text, string? by) =>
        With(open with { Causes = [], State = IncidentState.Resolved, ResolvedAt = at, Held = null }, new IncidentAction(at, IncidentActionKind.Resolved, text, by));

    /// <summary>An alert was given to these channels.</summary>
    public static Incident Told(Incident incident, Alert alert, ImmutableArray<string> channels, DateTimeOffset now)
    {
        var reminder = alert.Kind == AlertKind.Reminder;
        return With(
            incident with
            {
                ToldAt = now,
                ToldSeverity = Worst(incident.ToldSeverity, alert.Severity),
                ToldTo = incident.ToldTo.Union(channels).ToImmutableArray(),
                Reminders = incident.Reminders + (reminder ? 1 : 0),
                Held = null,
            },
            new IncidentAction(now, reminder ? IncidentActionKind.Reminded : IncidentActionKind.Told, $"{alert.Kind} to {string.Join(", ", channels)}"));
    }

    /// <summary>An alert was hidden, or nobody is to be told of it.</summary>
    /// <param name="hold">What hides the incident; null when only this alert is not told.</param>
    public static Incident Hidden(Incident incident, Alert alert, string by, Hold? hold, DateTimeOffset now)
    {
        var again = hold is not null && incident.Held?.By == hold.By;
        var next = hold is null || incident.State == IncidentState.Resolved ? incident : incident with { Held = again ? incident.Held! with { Until = hold.Until } : hold };
        return again && alert.Kind == AlertKind.Reminder ? next : With(next, new IncidentAction(now, IncidentActionKind.Hidden, $"{alert.Kind}: {by}"));
    }

    /// <summary>What had been given to the channels was hidden before it was sent.</summary>
    public static Incident Untold(Incident incident, Alert alert, string by, Hold hold, DateTimeOffset now) =>
        incident.State == IncidentState.Resolved ? incident : Hidden(incident, alert, by, hold, now) with { ToldAt = null };

    public static Incident Acknowledged(Incident open, Acknowledgement acknowledgement) => With(
        open with { Acknowledged = acknowledgement },
        new IncidentAction(
            acknowledgement.At,
            IncidentActionKind.Acknowledged,
            $"until {acknowledgement.Until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC{(acknowledgement.Comment is { } comment ? $": {comment}" : "")}",
            acknowledgement.By));

    /// <param name="by">Who took it back; null when its time is over.</param>
    public static Incident AcknowledgementEnded(Incident open, DateTimeOffset at, string? by) => open.Acknowledged is null ? open : With(
        open with { Acknowledged = null },
        new IncidentAction(at, IncidentActionKind.AcknowledgementEnded, by is null ? "its time is over and the incident still open" : "taken back", by));

    private static Incident New(Trouble trouble, string detail) => new()
    {
        Id = Incident.IdOf(trouble.Subject, trouble.Since, detail),
        Subject = trouble.Subject,
        OpenedAt = trouble.Since,
        Severity = trouble.Severity,
        Title = Short(trouble.Title, LongestText),
        Text = Short(trouble.Text, LongestText),
        Condition = trouble.Condition,
        Causes = [trouble.Cause],
        Labels = trouble.Labels,
        Daemon = trouble.Daemon,
    };

    private static Incident Held(Incident incident, string? by, DateTimeOffset at) =>
        by is null || incident.Held?.By == by ? incident : incident with { Held = new Hold(by, at, null) };

    /// <summary>The first half is kept for ever, so that the beginning of a long incident can be read.</summary>
    private static Incident With(Incident incident, IncidentAction action)
    {
        var actions = incident.Actions.Length < Incident.MostActions ? incident.Actions : incident.Actions.RemoveAt(Incident.MostActions / 2);
        return incident with { Actions = actions.Add(action with { Text = Short(action.Text, LongestAction) }) };
    }

    private static AlertSeverity Worst(AlertSeverity one, AlertSeverity other) => one > other ? one : other;

    private static string Short(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";
}
