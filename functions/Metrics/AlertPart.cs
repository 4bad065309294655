using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What is told of incidents, and of alerts on their way and at their end. Each configured channel is there from the first moment, with 0.</summary>
internal static class AlertPart
{
    private static readonly (AlertStatus Status, string Text)[] OnTheWay = [(AlertStatus.Pending, "pending"), (AlertStatus.Claimed, "claimed"), (AlertStatus.Deferred, "deferred")];

    public static void Write(MetricsWriter to, MetricsFacts facts, MonitorPolicy policy)
    {
        var (fleet, stored) = (facts.Fleet, facts.Stored);
        var incidents = fleet.OpenIncidents.ToLookup(i => (i.Severity, i.IsAcknowledged(fleet.ReadAt)));
        to.Begin(FleetMetrics.IncidentsOpen);
        foreach (var severity in Enum.GetValues<AlertSeverity>())
        {
            to.Sample(incidents[(severity, false)].Count(), $"{severity}", "false");
            to.Sample(incidents[(severity, true)].Count(), $"{severity}", "true");
        }

        to.Begin(FleetMetrics.AlertsUnrouted).Sample(stored.Unrouted);
        Channels(to, stored, [.. policy.Rules.Channels.Concat(stored.Pending.Keys.Select(k => k.Channel)).Concat(stored.Channels.Keys).Distinct().Order(StringComparer.Ordinal)]);

        var silences = stored.Silences.Where(s => s.From <= fleet.ReadAt && fleet.ReadAt < s.Until).ToLookup(s => s.Kind);
        to.Begin(FleetMetrics.Silences);
        foreach (var kind in Enum.GetValues<SilenceKind>())
        {
            to.Sample(silences[kind].Count(), kind == SilenceKind.Maintenance ? "maintenance" : "silence");
        }
    }

    private static void Channels(MetricsWriter to, StoredFacts stored, List<string> channels)
    {
        to.Begin(FleetMetrics.AlertsPending);
        foreach (var channel in channels)
        {
            foreach (var (status, text) in OnTheWay)
            {
                to.Sample(stored.Pending.GetValueOrDefault((channel, status)), channel, text);
            }
        }

        to.Begin(FleetMetrics.AlertsOldest);
        foreach (var (channel, at) in stored.Oldest.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            to.Sample((DateTimeOffset?)at, channel);
        }

        to.Begin(FleetMetrics.AlertsEnded);
        foreach (var channel in channels)
        {
            var standing = stored.Channels.GetValueOrDefault(channel);
            to.Sample(standing?.Delivered ?? 0, channel, "delivered");
            to.Sample(standing?.Refused ?? 0, channel, "refused");
        }
    }
}
