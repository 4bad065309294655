using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What somebody wants an agent to do.</summary>
/// <param name="Node">Null for what concerns the agent itself.</param>
/// <param name="By">At most 64 characters.</param>
internal sealed record OrderWish(NodeName Agent, NodeName? Node, OrderVerb Verb, string By)
{
    /// <summary>The life that is meant; null when none is known, or none is needed.</summary>
    public ProcessIdentity? Identity { get; init; }

    /// <summary>For a check.</summary>
    public CheckMethod? Method { get; init; }

    /// <summary>For a check.</summary>
    public bool Save { get; init; }

    /// <summary>In whose shard the order lies.</summary>
    public string Subject => Node is { } node ? new NodeId(Agent, node).ToString() : Agent.ToString();
}
