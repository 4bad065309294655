using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>A node's outages as incidents: one from its first failing transition to its recovery. Pure.</summary>
internal static class NodeIncidents
{
    /// <summary>Whether the change has anything to do with incidents.</summary>
    public static bool Concern(NodeChange change) => !change.Outages.IsEmpty || !change.Alerts.IsEmpty;

    /// <param name="open">As it was before the change.</param>
    /// <param name="rules">They grade it as its alerts, so that a reminder goes where those went.</param>
    public static IncidentsChange Of(Incident? open, NodeChange change, AlertRules rules)
    {
        var closed = ImmutableArray.CreateBuilder<Incident>();
        var of = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var step in change.Outages)
        {
            if (step.After is { } outage)
            {
                open = IncidentFold.Fails(open, TroubleOf(change, outage, step, open, rules), step.At, outage.AlertId ?? step.At.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture));
                Mark(of, step.Alerts, open);
                continue;
            }

            Mark(of, step.Alerts, open);
            open = open is null ? null : IncidentFold.Ends(open, Trouble.Outage, step.At, step.Text);
            if (open is { State: IncidentState.Resolved })
            {
                closed.Add(open);
                open = null;
            }
        }

        return new IncidentsChange(open, closed.ToImmutable(), of.ToImmutable());
    }

    private static void Mark(ImmutableDictionary<string, string>.Builder of, IEnumerable<string> alerts, Incident? incident)
    {
        foreach (var alert in incident is null ? [] : alerts)
        {
            of[alert] = incident!.Id;
        }
    }

    private static Trouble TroubleOf(NodeChange change, Outage outage, OutageStep step, Incident? open, AlertRules rules)
    {
        var node = change.Next;
        return new Trouble
        {
            Subject = node.Id.ToString(),
            Cause = Trouble.Outage,
            Since = open is null && outage.Since < step.At && step.Alerts.IsEmpty ? step.At : outage.Since,
            Severity = rules.SeverityOf(outage.Condition, outage.State == HealthState.Down ? AlertSeverity.Critical : AlertSeverity.Warning),
            Title = $"{node.Id} is {outage.State}: {outage.Condition}",
            Text = step.Text,
            Condition = outage.Condition,
            Labels = node.Labels,
            Daemon = node.DaemonId(),
            HeldBy = outage.Agent == AgentWord.Silent ? $"agent {node.Id.Agent} is silent" : null,
        };
    }
}
