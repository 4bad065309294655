using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What is told of each agent.</summary>
internal static class AgentPart
{
    public static void Write(MetricsWriter to, FleetFacts fleet, MonitorPolicy policy)
    {
        to.Begin(AgentMetrics.Info);
        foreach (var agent in fleet.Agents)
        {
            to.Sample(1, $"{agent.Name}", agent.Version ?? "");
        }

        Each(to, FleetMetrics.AgentSilent, fleet, a => NodeViews.SilentSince(a, policy, fleet.At) is null ? 0 : 1);
        Each(to, AgentMetrics.Nodes, fleet, a => a.Names.Length);
        Each(to, FleetMetrics.AgentReports, fleet, a => a.Report);
        Each(to, AgentMetrics.ReportAt, fleet, a => a.ReceivedAt?.ToUnixTimeMilliseconds() / 1000.0);
        Each(to, FleetMetrics.AgentPeriod, fleet, a => a.PeriodSeconds);
        Each(to, FleetMetrics.AgentSkew, fleet, a => a.ReportedAt is null ? null : Math.Round(a.Skew().TotalSeconds, 3));
    }

    private static void Each(MetricsWriter to, MetricFamily family, FleetFacts fleet, Func<AgentRecord, double?> value)
    {
        to.Begin(family);
        foreach (var agent in fleet.Agents)
        {
            to.Known(value(agent), $"{agent.Name}");
        }
    }
}
