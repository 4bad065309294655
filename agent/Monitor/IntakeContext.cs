using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What an order is judged by.</summary>
/// <param name="Agent">This agent.</param>
/// <param name="Knows">Is that one of its nodes?</param>
/// <param name="Orders">Those it has taken.</param>
/// <param name="Since">From when on it remembers every one it has taken.</param>
/// <param name="Now">By this host's clock.</param>
internal sealed record IntakeContext(NodeName Agent, Func<NodeName, bool> Knows, JournaledOrders Orders, DateTimeOffset Since, DateTimeOffset Now);
