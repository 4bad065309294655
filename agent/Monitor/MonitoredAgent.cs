using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The agent as its monitor's session sees it.</summary>
/// <param name="States">All nodes as they are now.</param>
/// <param name="Knows">Is that one of them?</param>
/// <param name="CarryOut">Begins an order that was journalled; returns at once.</param>
internal sealed record MonitoredAgent(Func<IEnumerable<ReportedState>> States, Func<NodeName, bool> Knows, Action<Order> CarryOut);
