using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What is told of each agent.</summary>
internal static class AgentPart
{
    public static void Write(MetricsWriter to, FleetSnapshot fleet)
    {
        to.Begin(AgentMetrics.Info);
        foreach (var (agent, _) in fleet.Agents)
        {
            to.Sample(1, $"{agent.Name}", agent.Version ?? "");
        }

        Each(to, FleetMetrics.AgentSilent, fleet, a => a.View.Silent ? 1 : 0);
        Each(to, AgentMetrics.Nodes, fleet, a => a.Record.Names.Length);
        Each(to, FleetMetrics.AgentReports, fleet, a => a.Record.Report);
        Each(to, AgentMetrics.ReportAt, fleet, a => a.Record.ReceivedAt?.ToUnixTimeMilliseconds() / 1000.0);
        Each(to, FleetMetrics.AgentPeriod, fleet, a => a.Record.PeriodSeconds);
        Each(to, FleetMetrics.AgentSkew, fleet, a => a.View.SkewSeconds);
    }

    private static void Each(MetricsWriter to, MetricFamily family, FleetSnapshot fleet, Func<FleetAgent, double?> value)
    {
        to.Begin(family);
        foreach (var agent in fleet.Agents)
        {
            to.Known(value(agent), agent.View.Name);
        }
    }
}
