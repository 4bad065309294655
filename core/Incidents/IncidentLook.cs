namespace MoneroCloud.Core;

/// <summary>When an open incident is looked at again, and whether it is told once more then. Pure.</summary>
internal static class IncidentLook
{
    /// <summary>What hides it may end at any moment.</summary>
    private static readonly TimeSpan WhileHeld = TimeSpan.FromMinutes(1);

    /// <summary>A silence may be ended before its time, and nobody says so here. Each look is a write, and a silence may hold back a whole fleet.</summary>
    private static readonly TimeSpan WhileSilenced = TimeSpan.FromMinutes(5);

    /// <summary>By then its own alert has gone out; if it has not, this is where that is noticed.</summary>
    private static readonly TimeSpan UntilTold = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static DateTimeOffset Next(Incident incident, AlertRules rules, DateTimeOffset now) =>
        incident switch
        {
            { Acknowledged: { } ack } when now < ack.Until => ack.Until,
            { Held: { Until: { } until } } when until > now => Earlier(until, now + WhileSilenced),
            { Held: not null } => now + WhileHeld,
            { ToldAt: { } told } => Reminds(incident, rules) ? Later(told + rules.Remind!.Value, now) : now + Longest,
            _ => now + UntilTold,
        };

    /// <summary>While its own alert waits, for the agent to bring the node back or for what its host says, nothing else tells of it.</summary>
    /// <param name="longest">That an alert waits by what is configured: one that is due later is so by a clock that was set back since.</param>
    /// <returns>When to look again; null to look now.</returns>
    public static DateTimeOffset? PutOff(Outage? outage, TimeSpan longest, DateTimeOffset now) =>
        outage?.IsPending(now) == true && outage.Due - now <= longest ? outage.Due + UntilTold : null;

    /// <summary>Whether it is to be told again now: it waited for that long enough.</summary>
    public static bool IsDue(Incident incident, AlertRules rules, DateTimeOffset now) =>
        !incident.IsAcknowledged(now)
        && (incident.Acknowledged is not null // Its time is over.
            || incident.ToldAt is null
            || (incident.Held is not null && incident.Severity > incident.ToldSeverity)
            || (Reminds(incident, rules) && now >= incident.ToldAt + rules.Remind!.Value));

    public static Alert Reminder(Incident incident, DateTimeOffset now)
    {
        var number = incident.Reminders + 1;
        return new Alert
        {
            // The same until it is told: a look that is repeated before makes no second one.
            Id = Alert.IdOf(incident.Subject, $"{incident.Id}.{incident.Reminders}.{incident.ToldAt?.UtcTicks}", AlertKind.Reminder),
            Subject = incident.Subject,
            Kind = AlertKind.Reminder,
            Severity = incident.Severity,
            At = now,
            Due = now,
            Title = incident.ToldAt is null ? incident.Title : $"still, {Words.Duration(now - incident.OpenedAt)} later: {incident.Title}",
            Text = incident.ToldAt is null || number == 1 ? incident.Text : $"{incident.Text} (told {number} times before)",
            Condition = incident.Condition,
            Incident = incident.Id,
            Labels = incident.Labels,
            Daemon = incident.Daemon,
        };
    }

    private static bool Reminds(Incident incident, AlertRules rules) => rules.Remind is not null && incident.Severity >= rules.RemindFrom;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
