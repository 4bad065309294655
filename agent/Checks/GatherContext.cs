using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What gathering evidence needs of its surroundings, with an agent or without.</summary>
internal sealed record GatherContext
{
    public required AgentClock Clock { get; init; }

    public required HostSockets Sockets { get; init; }

    /// <summary>What is known of the daemons, for the wallets that use them.</summary>
    public required DaemonBoard Daemons { get; init; }

    /// <summary>Is this pid a node of ours?</summary>
    public required Func<int, bool> IsDeclared { get; init; }

    /// <summary>Where a node's output goes.</summary>
    public required Func<NodeName, string> LogFile { get; init; }

    public required Func<AgentConfig> Config { get; init; }
}
