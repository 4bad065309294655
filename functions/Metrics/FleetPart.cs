using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What is told of the fleet as a whole. Each state and each condition is there, with 0 where no node has it.</summary>
internal static class FleetPart
{
    public static void Write(MetricsWriter to, FleetSnapshot fleet)
    {
        var states = fleet.Nodes.CountBy(n => n.View.State).ToDictionary();
        to.Begin(FleetMetrics.Nodes);
        foreach (var state in Enum.GetValues<HealthState>())
        {
            to.Sample(states.GetValueOrDefault(state), $"{state}");
        }

        var conditions = fleet.Nodes.Where(n => n.View.State != HealthState.Disabled).CountBy(n => n.View.Condition).ToDictionary();
        to.Begin(FleetMetrics.Conditions);
        foreach (var condition in Enum.GetValues<Condition>())
        {
            to.Sample(conditions.GetValueOrDefault(condition), $"{condition}");
        }
    }
}
