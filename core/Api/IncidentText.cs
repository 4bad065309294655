using System.Globalization;

namespace MoneroCloud.Core;

/// <summary>An incident in words: the same on the command line and on its page.</summary>
internal static class IncidentText
{
    /// <summary>The name of that fact.</summary>
    public const string Severity = "severity";

    /// <summary>In a few words: is it over, does somebody see to it, does something hide it, was anybody told.</summary>
    public static string Standing(IncidentView incident) => incident switch
    {
        { ResolvedAt: { } at } => $"resolved {Words.Time(at)}",
        { Acknowledged: { } ack } => $"acknowledged by {ack.By} until {Words.Time(ack.Until)}",
        { Held: { } hold } => Held(hold),
        { ToldAt: { } at } => $"told {Words.Time(at)}{Over(incident)}",
        _ => "nobody was told yet",
    };

    /// <summary>All that is known of it, as names and values.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(IncidentView incident, DateTimeOffset now)
    {
        yield return ("incident", incident.Id);
        yield return ("subject", incident.Subject);
        yield return ("state", incident.ResolvedAt is { } over ? $"resolved at {Words.Time(over)}" : "open");
        yield return (Severity, incident.Severity.ToString());
        if (incident.Condition is { } condition)
        {
            yield return ("condition", condition.ToString());
        }

        yield return ("since", $"{Words.Time(incident.OpenedAt)}, {(incident.ResolvedAt is null ? "" : "for ")}{Words.Duration((incident.ResolvedAt ?? now) - incident.OpenedAt)}");
        if (!incident.Causes.IsDefaultOrEmpty)
        {
            yield return (incident.ResolvedAt is null ? "causes" : "still wrong", string.Join(", ", incident.Causes));
        }

        yield return ("acknowledged", incident.Acknowledged is { } ack ? $"by {ack.By} until {Words.Time(ack.Until)}{(ack.Comment is null ? "" : $": {ack.Comment}")}" : "by nobody");
        yield return ("told", Told(incident));
        yield return ("held back", incident.Held is { } hold ? Held(hold) : "by nothing");
        if (incident.Daemon is { } daemon)
        {
            yield return ("daemon", daemon);
        }

        if (incident.Labels is { Count: > 0 } labels)
        {
            yield return ("labels", string.Join(", ", labels.Select(l => $"{l.Key}={l.Value}")));
        }
    }

    public static string Word(TimelineKind kind) => kind.ToString().ToLowerInvariant();

    private static string Told(IncidentView incident) => incident.ToldAt is { } at
        ? string.Create(CultureInfo.InvariantCulture, $"last at {Words.Time(at)}{Over(incident)}{(incident.Reminders == 0 ? "" : $", with {incident.Reminders} {(incident.Reminders == 1 ? "reminder" : "reminders")}")}")
        : "nobody yet";

    private static string Over(IncidentView incident) => incident.ToldTo.IsDefaultOrEmpty ? "" : $" over {string.Join(", ", incident.ToldTo)}";

    private static string Held(Hold hold) => $"held back by {hold.By} since {Words.Time(hold.Since)}{(hold.Until is { } until ? $", until {Words.Time(until)}" : "")}";
}
