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
        if (!happening.Before.Available)
        {
            return new(null, [], Pending(happening)); // Kept and shown; nobody wants to hear of it.
        }

        var reaction = happening.Transition is { } transition ? ToTransition(happening, transition) : ToStay(happening);
        if (happening is { Before.Outage.Agent: AgentWord.Silent, AgentHeardBy: not null })
        {
            reaction = ToldByAgent(reaction);
        }

        return happening.Late ? LearnedLate(happening, reaction) : reaction with { Alerts = reaction.Alerts.AddRange(NotesOf(happening)) };
    }

    private static Reaction ToTransition(Happening happening, Transition transition) => transition.To switch
    {
        HealthState.Up => Ended(happening, transition),
        HealthState.Disabled => new(null, [], Pending(happening)),
        HealthState.Down => ToDown(happening, transition),
        HealthState.Degraded => ToDegraded(happening, transition),
        _ => Reaction.None(happening.Before.Outage),
    };

    /// <summary>
    /// Nothing changed. But it has become known that nobody brings it back: its alert waits no longer. Or it was learned too late to be
    /// alerted as it happened, and is still so.
    /// </summary>
    private static Reaction ToStay(Happening happening)
    {
        var (outage, state) = (happening.Before.Outage, happening.Before.Health.State);
        if (happening.Stays && state == HealthState.Down && (outage is null || outage.IsPending(happening.Context.Now)))
        {
            return Began(happening, HealthState.Down, TimeSpan.Zero);
        }

        var lasts = (happening.Diagnosis.State, outage?.State) == (state, state) && (state == HealthState.Down || IsTold(happening) || IsSoon(happening));
        return lasts && (outage is { AlertId: null } ? !happening.Late : IsConfirmed(happening, outage))
            ? Began(happening, state, Wait(happening))
            : Reaction.None(outage);
    }

    /// <summary>What only the probe saw, and waited for the agent with, the agent's own report does not disprove.</summary>
    private static bool IsConfirmed(Happening happening, Outage? outage) =>
        happening.Heard && outage is { Agent: AgentWord.Awaited } && outage.IsPending(happening.Context.Now);

    private static Reaction ToDown(Happening happening, Transition transition)
    {
        var outage = happening.Before.Outage;
        if (happening.Expected)
        {
            return Reaction.None(outage);
        }

        // One outage, however its face changes; but what is still unsaid is said as soon as nobody brings the node back.
        var wait = transition.ToCondition is Condition.Exited or Condition.PidReused ? Wait(happening) : TimeSpan.Zero;
        var unsaid = outage is { AlertId: null } || (wait == TimeSpan.Zero && outage?.IsPending(happening.Context.Now) == true);
        return outage is not { State: HealthState.Down } || unsaid ? Began(happening, HealthState.Down, wait) : Reaction.None(outage);
    }

    private static Reaction ToDegraded(Happening happening, Transition transition)
    {
        if (transition.ToCondition == Condition.Healthy)
        {
            return Ended(happening, transition); // It works; the note beside it has its own alert.
        }

        // A wallet that is not open yet, or one that only works hard, is no news.
        var outage = happening.Before.Outage;
        var pending = outage?.IsPending(happening.Context.Now) == true;
        return outage switch
        {
            { State: HealthState.Degraded, AlertId: not null } when !(pending && IsTold(happening)) => Reaction.None(outage),
            _ when IsTold(happening) => Began(happening, HealthState.Degraded, TimeSpan.Zero),
            null or { State: HealthState.Degraded } when IsSoon(happening) => Began(happening, HealthState.Degraded, Wait(happening)),
            // On its way up again; what was wrong ends when it is Up.
            not null when pending || IsSoon(happening) => Reaction.None(outage),
            not null => Recovered(happening, outage),
            _ => Reaction.None(null),
        };
    }

    private static bool IsTold(Happening happening) => happening.Diagnosis.Remedy is Remedy.Alert or Remedy.AlertOnDaemon;

    /// <summary>The agent opens its wallet; only where that fails is it told.</summary>
    private static bool IsSoon(Happening happening) => happening.Diagnosis.Remedy is Remedy.OpenWallet;

    /// <summary>How long its agent has to bring it back.</summary>
    private static TimeSpan Wait(Happening happening) => happening.Stays ? TimeSpan.Zero : happening.Diagnosis switch
    {
        { Condition: Condition.Exited or Condition.PidReused } => happening.Context.Alerts.Grace,
        { Remedy: Remedy.OpenWallet } => happening.Context.Alerts.Grace,
        _ => TimeSpan.Zero,
    };

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

        var restarted = outage is { State: HealthState.Down, Agent: AgentWord.NotNeeded } && happening.Context.Alerts.Restarted;
        var text = $"it was {outage.Condition} for {Words.Duration(happening.At - outage.Since)}; {transition.Explanation}";
        return new(null, restarted ? [Make(happening, AlertKind.Restarted, AlertSeverity.Low, happening.Before.Manage == NodeManage.Watch ? "was restarted by its supervisor" : "was restarted by its agent", text, TimeSpan.Zero)] : [], outage.AlertId);
    }

    private static Reaction Recovered(Happening happening, Outage outage)
    {
        if (outage is { AlertId: null, ToldBefore: false })
        {
            return Reaction.None(null);
        }

        var text = $"it was {outage.Condition} for {Words.Duration(happening.At - outage.Since)}; {happening.Diagnosis.Explanation}{Restart(happening.Before, outage)}";
        return new(null, [Make(happening, AlertKind.Recovered, AlertSeverity.Low, "works again", text, TimeSpan.Zero)], null);
    }

    /// <summary>What was done about it, and what still stands in the way of the next.</summary>
    private static string Restart(NodeRecord node, Outage outage)
    {
        var restart = node.LastRestart is { } last && last.PlacedAt >= outage.Due
            ? $"; restarted by the monitor's order {last.Order}{(last.Result is { } result ? $", which ended {result}: {last.Text}" : "")}"
            : "";
        return restart + (node.Breaker is { } breaker ? $"; {breaker.Text()}" : "");
    }

    private static Reaction Began(Happening happening, HealthState state, TimeSpan wait)
    {
        var (kind, severity) = state == HealthState.Down ? (AlertKind.Down, AlertSeverity.Critical) : (AlertKind.Degraded, AlertSeverity.Warning);
        var left = happening.AgentHeardBy - happening.Context.Now;
        var waits = left > wait;
        var alert = Make(happening, kind, severity, $"is {state}: {happening.Diagnosis.Condition}", happening.Diagnosis.Explanation, waits ? left!.Value : wait) with { State = state };
        var since = happening.Before.Outage is { } before && before.State == state ? before.Since : happening.At;
        var outage = new Outage(state, happening.Diagnosis.Condition, since, alert.Id, alert.Due) { Agent = waits ? AgentWord.Awaited : AgentWord.NotNeeded };
        return new(outage, [alert], Pending(happening));
    }

    private static ImmutableArray<Alert> NotesOf(Happening happening)
    {
        if (happening.Diagnosis.State == HealthState.Disabled)
        {
            return [];
        }

        var known = happening.Before.Notes;
        return
        [
            .. happening.Diagnosis.Notes.Where(n => !known.Contains(n)).Select(note =>
                Make(happening, AlertKind.Noted, AlertSeverity.Warning, $"has a note: {note}", happening.Diagnosis.Explanation, TimeSpan.Zero, note.ToString())),
        ];
    }

    /// <summary>Of the past nothing is told; but whoever was told that it failed would wait for ever to hear that it works again.</summary>
    private static Reaction LearnedLate(Happening happening, Reaction reaction)
    {
        var silenced = Silenced(reaction);
        var toldBefore = happening.Before.Outage is { } before && (before.ToldBefore || (before.AlertId is not null && !before.IsPending(happening.Context.Now)));
        return silenced with
        {
            Outage = silenced.Outage is { AlertId: null } untold && toldBefore ? untold with { ToldBefore = true } : silenced.Outage,
            Alerts = reaction.Alerts.RemoveAll(a => a.Kind != AlertKind.Recovered),
        };
    }

    private static Reaction Silenced(Reaction reaction) => reaction with
    {
        Alerts = [],
        Outage = reaction.Outage is { } outage && reaction.Alerts.Any(a => a.Id == outage.AlertId) ? outage with { AlertId = null } : reaction.Outage,
    };

    /// <summary>A host that is gone takes all its nodes along: of that its agent's silence tells, once.</summary>
    private static Reaction ToldByAgent(Reaction reaction)
    {
        var silenced = Silenced(reaction);
        return silenced with { Outage = silenced.Outage is { } outage ? outage with { AlertId = null, Agent = AgentWord.Silent } : null };
    }

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
            Labels = happening.Before.Labels,
            Daemon = happening.Before.DaemonId(),
        };
    }
}
