using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>
/// What happens on a change of a node's health: which outage begins or ends, and what is told. Pure; one alert an outage, one when it is
/// over, and a node that its agent brings back within the grace is told of once, as restarted.
/// </summary>
internal static class Reactions
{
    public static Reaction To(Happening happening)
    {
        var reaction = happening.Transition is { } transition ? ToTransition(happening, transition) : ToStay(happening);
        return happening.Late ? Silenced(reaction) : reaction with { Alerts = reaction.Alerts.AddRange(NotesOf(happening)) };
    }

    private static Reaction ToTransition(Happening happening, Transition transition) => transition.To switch
    {
        HealthState.Up => Ended(happening, transition),
        HealthState.Disabled => new(null, [], Pending(happening)),
        HealthState.Down => ToDown(happening, transition),
        HealthState.Degraded => ToDegraded(happening, transition),
        _ => Reaction.None(happening.Before.Outage),
    };

    /// <summary>Nothing changed, but it has become known that nobody brings it back: its alert waits no longer.</summary>
    private static Reaction ToStay(Happening happening)
    {
        var outage = happening.Before.Outage;
        return happening.Stays && outage is not null && outage.IsPending(happening.Context.Now)
            ? Began(happening, outage.State, AlertKind.Down, AlertSeverity.Critical, TimeSpan.Zero, outage.Since)
            : Reaction.None(outage);
    }

    private static Reaction ToDown(Happening happening, Transition transition)
    {
        if (happening.Expected || happening.Before.Outage is { State: HealthState.Down })
        {
            return Reaction.None(happening.Before.Outage);
        }

        var comesBack = transition.ToCondition is Condition.Exited or Condition.PidReused && !happening.Stays;
        return Began(happening, HealthState.Down, AlertKind.Down, AlertSeverity.Critical, comesBack ? happening.Context.Alerts.Grace : TimeSpan.Zero, happening.At);
    }

    private static Reaction ToDegraded(Happening happening, Transition transition)
    {
        var outage = happening.Before.Outage;
        if (outage is { State: HealthState.Degraded })
        {
            return Reaction.None(outage);
        }

        // A wallet that is not open yet, or one that only works hard, is no news.
        var told = happening.Diagnosis.Remedy is Remedy.Alert or Remedy.AlertOnDaemon && transition.ToCondition is not Condition.Healthy;
        var soon = happening.Diagnosis.Remedy is Remedy.OpenWallet;
        if (outage is null)
        {
            return told || soon
                ? Began(happening, HealthState.Degraded, AlertKind.Degraded, AlertSeverity.Warning, soon ? happening.Context.Alerts.Grace : TimeSpan.Zero, happening.At)
                : Reaction.None(null);
        }

        // On its way up again; what was wrong ends when it is Up.
        return outage.IsPending(happening.Context.Now) ? Reaction.None(outage) : Recovered(happening, outage);
    }

    private static Reaction Ended(Happening happening, Transition transition)
    {
        if (happening.Before.Outage is not { } outage)
        {
            return Reaction.None(null);
        }

        if (!outage.IsPending(happening.Context.Now))
        {
            return Recovered(happening, outage);
        }

        var restarted = outage.State == HealthState.Down && happening.Context.Alerts.Restarted;
        var text = $"it was {outage.Condition} for {Words.Duration(happening.At - outage.Since)}; {transition.Explanation}";
        return new(null, restarted ? [Make(happening, AlertKind.Restarted, AlertSeverity.Low, "was restarted by its agent", text, TimeSpan.Zero)] : [], outage.AlertId);
    }

    private static Reaction Recovered(Happening happening, Outage outage)
    {
        if (outage.AlertId is null)
        {
            return Reaction.None(null);
        }

        var text = $"it was {outage.Condition} for {Words.Duration(happening.At - outage.Since)}; {happening.Diagnosis.Explanation}";
        return new(null, [Make(happening, AlertKind.Recovered, AlertSeverity.Low, "works again", text, TimeSpan.Zero)], null);
    }

    private static Reaction Began(Happening happening, HealthState state, AlertKind kind, AlertSeverity severity, TimeSpan wait, DateTimeOffset since)
    {
        var what = $"is {state}: {happening.Diagnosis.Condition}";
        var alert = Make(happening, kind, severity, what, happening.Diagnosis.Explanation, wait) with { State = state };
        return new(new Outage(state, happening.Diagnosis.Condition, since, alert.Id, alert.Due), [alert], Pending(happening));
    }

    private static ImmutableArray<Alert> NotesOf(Happening happening)
    {
        var known = happening.Before.Health.Last?.Notes ?? [];
        return
        [
            .. happening.Diagnosis.Notes.Where(n => !known.Contains(n)).Select(note =>
                Make(happening, AlertKind.Noted, AlertSeverity.Warning, $"has a note: {note}", happening.Diagnosis.Explanation, TimeSpan.Zero, note.ToString())),
        ];
    }

    private static Reaction Silenced(Reaction reaction) => reaction with
    {
        Alerts = [],
        Outage = reaction.Outage is { } outage && reaction.Alerts.Any(a => a.Id == outage.AlertId) ? outage with { AlertId = null } : reaction.Outage,
    };

    private static string? Pending(Happening happening) =>
        happening.Before.Outage is { } outage && outage.IsPending(happening.Context.Now) ? outage.AlertId : null;

    private static Alert Make(Happening happening, AlertKind kind, AlertSeverity severity, string what, string text, TimeSpan wait, string? detail = null)
    {
        var subject = happening.Before.Id.ToString();
        return new Alert
        {
            Id = Alert.IdOf(subject, happening.Place, kind, detail),
            Subject = subject,
            Kind = kind,
            Severity = severity,
            At = happening.At,
            Due = happening.Context.Now + wait,
            Title = $"{subject} {what}",
            Text = text,
            Condition = happening.Diagnosis.Condition,
            State = happening.Diagnosis.State,
        };
    }
}
