using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Looks after incidents that are open: tells them again where that is due, or where what hid them is over; ends those whose subject is well or gone
/// and that nobody ended.
/// </summary>
internal sealed partial class OpenIncidents(Monitor monitor)
{
    private const int MostAtOnce = 500;
    private readonly ILogger _log = monitor.Logs.CreateLogger<OpenIncidents>();

    /// <returns>Whether something is to be dispatched.</returns>
    public async Task<bool> SweepAsync(Shard shard, CancellationToken cancellation)
    {
        var views = new RoutingViews(monitor);
        var rows = new List<Row>();
        await foreach (var row in monitor.Table.DueAsync(shard, KeyRange.Prefix(Keys.OpenIncidents), monitor.Now, MostAtOnce, cancellation))
        {
            rows.Add(row);
        }

        var told = false;
        foreach (var row in rows)
        {
            if (Documents.TryRead(row, CoreJson.Default.Incident, e => Log.Unreadable(_log, e.Message)) is { } incident)
            {
                told |= await LookAsync(incident, views, cancellation);
            }
        }

        return told;
    }

    private async Task<bool> LookAsync(Stored<Incident> stored, RoutingViews views, CancellationToken cancellation)
    {
        var (incident, rules, now) = (stored.Value, monitor.Policy.Rules, monitor.Now);
        if (await ToldOtherwiseAsync(stored, now, cancellation) is { } putOff)
        {
            await monitor.Table.CommitAsync([putOff], cancellation);
            return false;
        }

        if (await StillAsync(incident, cancellation) is not { } still)
        {
            await monitor.Table.CommitAsync([.. IncidentRows.Closed(stored, IncidentFold.Resolved(incident, now, "nothing is the matter with it any more", by: null))], cancellation);
            return false;
        }

        var next = still.Acknowledged is { } ack && now >= ack.Until ? IncidentFold.AcknowledgementEnded(still, now, by: null) : still;
        var reminder = IncidentLook.Reminder(next, now);
        var routed = AlertRouting.Of(reminder, await views.OfAsync(reminder, next, false, cancellation));
        next = routed is Routed.Hidden { Hold: not null } hidden ? IncidentFold.Hidden(next, reminder, hidden.By, hidden.Hold, now) : next with { Held = null };
        var tells = routed is Routed.To && IncidentLook.IsDue(still, rules, now);
        var changes = new List<RowChange> { IncidentRows.Changed(stored, next, rules, now) };
        if (tells)
        {
            changes.Add(AlertRows.Stored(reminder));
        }

        return await monitor.Table.CommitAsync(changes, cancellation) is CommitResult.Committed && tells;
    }

    /// <summary>Its agent's silence tells of it, until the agent or the node says something again; or its own alert is still to come.</summary>
    /// <returns>What puts the look off; null when nothing does.</returns>
    private async Task<RowChange?> ToldOtherwiseAsync(Stored<Incident> stored, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!NodeId.TryParse(stored.Value.Subject, out var node) || await monitor.Table.ReadAsync(Keys.Node(node), cancellation) is not { } row
            || Documents.TryRead(row, CoreJson.Default.NodeRecord, _ => { }) is not { Value.Outage: { } outage })
        {
            return null;
        }

        var policy = monitor.Policy;
        var longest = policy.Alerts.Grace > policy.SilentAfter ? policy.Alerts.Grace : policy.SilentAfter;
        return outage.Agent == AgentWord.Silent ? IncidentRows.Changed(stored, stored.Value, policy.Rules, now)
            : IncidentLook.PutOff(outage, longest, now) is { } until ? IncidentRows.PutOff(stored, until)
            : null;
    }

    /// <summary>With the causes that are still there; null when none is. Each is written in one commit with its incident, so that this finds only what somebody else broke.</summary>
    private async Task<Incident?> StillAsync(Incident incident, CancellationToken cancellation)
    {
        var causes = incident.Causes;
        foreach (var cause in causes)
        {
            if (!await LastsAsync(incident.Subject, cause, cancellation))
            {
                incident = incident with { Causes = incident.Causes.Remove(cause) };
            }
        }

        return incident.Causes.IsEmpty ? null : incident;
    }

    /// <summary>A row that cannot be read is taken for trouble: nobody may conclude from it that all is well.</summary>
    private async Task<bool> LastsAsync(string subject, string cause, CancellationToken cancellation)
    {
        var key = cause switch
        {
            Trouble.Outage when NodeId.TryParse(subject, out var node) => Keys.Node(node),
            Trouble.Silent when NodeName.TryParse(subject, out var agent) => Keys.Agent(agent),
            Trouble.Doubt => Keys.Doubt,
            _ => Keys.ConfigRefusal,
        };
        if (await monitor.Table.ReadAsync(key, cancellation) is not { } row)
        {
            return false;
        }

        return cause switch
        {
            Trouble.Outage => Documents.TryRead(row, CoreJson.Default.NodeRecord, _ => { }) is not { Value.Outage: null },
            Trouble.Silent => Documents.TryRead(row, CoreJson.Default.AgentRecord, _ => { }) is not { Value.SilentSince: null },
            _ => true,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "an incident is not looked after: {Reason}")]
        public static partial void Unreadable(ILogger log, string reason);
    }
}
