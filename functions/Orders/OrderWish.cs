using System.Security.Cryptography;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What somebody wants an agent to do.</summary>
/// <param name="Node">Null for what concerns the agent itself.</param>
/// <param name="By">At most 64 characters.</param>
internal sealed record OrderWish(NodeName Agent, NodeName? Node, OrderVerb Verb, string By)
{
    /// <summary>The life that is meant; null when none is known, or none is needed.</summary>
    public ProcessIdentity? Identity { get; init; }

    /// <summary>For a restart or a stop.</summary>
    public long? KillAfterMs { get; init; }

    /// <summary>For a check.</summary>
    public CheckMethod? Method { get; init; }

    /// <summary>For a check.</summary>
    public bool Save { get; init; }

    /// <summary>For a restart that the monitor itself wants; null for an operator's order.</summary>
    public AutomaticReason? Automatic { get; init; }

    /// <summary>In whose shard the order lies.</summary>
    public string Subject => Node is { } node ? new NodeId(Agent, node).ToString() : Agent.ToString();

    /// <summary>An order of its own, with an id that nobody can guess; written down nowhere yet.</summary>
    public OrderRecord ToRecord(DateTimeOffset now, TimeSpan life) => new()
    {
        Order = new Order
        {
            Id = $"{Shard.Of(Subject)}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}",
            Audience = Agent,
            IssuedAt = now.ToUnixTimeSeconds(),
            ExpiresAt = (now + life).ToUnixTimeSeconds(),
            Verb = Verb,
            Node = Node,
            Identity = Identity,
            KillAfterMs = KillAfterMs,
            Method = Method,
            Save = Save,
            By = By,
            Automatic = Automatic,
        },
        StoredAt = now,
    };
}
