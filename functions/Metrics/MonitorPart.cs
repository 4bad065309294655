using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What is told of the monitor itself, as it is stored: ticks, refusals, doubts.</summary>
internal static class MonitorPart
{
    public static void Write(MetricsWriter to, MetricsFacts facts, MonitorPolicy policy, bool configurationRefused)
    {
        var (fleet, stored) = (facts.Fleet, facts.Stored);
        to.Begin(FleetMetrics.Refusals);
        foreach (var refusal in stored.Refusals)
        {
            to.Sample(refusal.Count, refusal.Queue, refusal.Reason);
        }

        Each(to, FleetMetrics.ShardTickAt, fleet, s => s.TickedAt?.ToUnixTimeMilliseconds() / 1000.0);
        Each(to, FleetMetrics.ShardTick, fleet, s => s.TickSeconds);
        Each(to, FleetMetrics.ShardNodes, fleet, s => s.Total);
        Each(to, FleetMetrics.ShardProbed, fleet, s => s.Probed);
        to.Begin(FleetMetrics.ProbePeriod).Sample(policy.ProbePeriod.TotalSeconds);
        to.Begin(FleetMetrics.Stale).Sample(facts.Stale);
        to.Begin(FleetMetrics.Doubt).Sample(stored.Doubt);
        to.Begin(FleetMetrics.ConfigurationRefused).Sample(configurationRefused);
        to.Begin(FleetMetrics.Truncated).Sample(fleet.IncidentsTruncated || stored.Truncated);
        to.Begin(FleetMetrics.ReadAt).Sample((DateTimeOffset?)(fleet.ReadAt < stored.ReadAt ? fleet.ReadAt : stored.ReadAt));
    }

    private static void Each(MetricsWriter to, MetricFamily family, FleetSnapshot fleet, Func<ShardSummary, double?> value)
    {
        to.Begin(family);
        foreach (var shard in Shard.All)
        {
            to.Known(fleet.Summaries[shard.Number] is { } summary ? value(summary) : null, $"{shard}");
        }
    }
}
