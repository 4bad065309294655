using System.Collections.Frozen;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Who is connected to the broker, and what they may do there. What is not named is refused.</summary>
internal sealed record BrokerUser(string Name, QueueRights Send, QueueRights Receive)
{
    private const string AgentPrefix = "agent:";

    /// <summary>The monitor: everything.</summary>
    public static BrokerUser Monitor { get; } = new("monitor", new QueueRights.All(), new QueueRights.All());

    /// <summary>An agent: sends reports and receives its own commands, nothing else.</summary>
    public static BrokerUser Agent(NodeName agent) => new(AgentName(agent), Just(Names.ReportsQueue), Just(Names.CommandsQueue(agent.ToString())));

    /// <summary>An agent's user name on the bus.</summary>
    public static string AgentName(NodeName agent) => AgentPrefix + agent;

    private static QueueRights.Only Just(string queue) => new(FrozenSet.Create(queue));
}
