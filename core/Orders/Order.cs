using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>
/// An order of the monitor to one agent, signed with the monitor's key. It says what to do with a process the agent itself declares;
/// it cannot say what to execute.
/// </summary>
public sealed record Order
{
    /// <summary>The longest life of an order.</summary>
    public static TimeSpan MaxLife { get; } = TimeSpan.FromMinutes(10);

    /// <summary>The most of <see cref="KillAfterMs"/>, an hour: the longest stop budget that a node can have.</summary>
    public const long MostKillAfterMs = 3_600_000;

    /// <summary>33 hexadecimal digits: the shard of its row, then 128 random bits.</summary>
    public required string Id { get; init; }

    /// <summary>The agent it is for.</summary>
    public required NodeName Audience { get; init; }

    /// <summary>Unix seconds, by the monitor's clock.</summary>
    public required long IssuedAt { get; init; }

    /// <summary>Unix seconds; at most <see cref="MaxLife"/> after <see cref="IssuedAt"/>.</summary>
    public required long ExpiresAt { get; init; }

    public required OrderVerb Verb { get; init; }

    /// <summary>A node of that agent; null for <see cref="OrderVerb.Reload"/>.</summary>
    public NodeName? Node { get; init; }

    /// <summary>The life that is meant, for restart and stop; null when the last report had none.</summary>
    public ProcessIdentity? Identity { get; init; }

    /// <summary>For <see cref="OrderVerb.Check"/>.</summary>
    public CheckMethod? Method { get; init; }

    /// <summary>For <see cref="OrderVerb.Check"/>: take the result into the node's health.</summary>
    public bool Save { get; init; }

    /// <summary>For restart and stop: SIGKILL after so many milliseconds; null is the node's own stop budget, which is also the most.</summary>
    public long? KillAfterMs { get; init; }

    /// <summary>Who ordered it, for the agent's record: at most 64 characters.</summary>
    public required string By { get; init; }

    /// <summary>Why the monitor itself placed it; null for an operator's order, which needs no reason.</summary>
    public AutomaticReason? Automatic { get; init; }

    /// <summary>The subject that it is about, and in whose shard it lies: the node, else the agent.</summary>
    [JsonIgnore]
    public string Subject => Node is { } node ? new NodeId(Audience, node).ToString() : Audience.ToString();
}
