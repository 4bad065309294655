namespace MoneroCloud.Core;

/// <summary>How the monitor itself probes nodes that have a probe address.</summary>
internal sealed record ProbePolicy
{
    public static ProbePolicy Default { get; } = new();

    /// <summary>Of one RPC call.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Nodes probed at once.</summary>
    public int Concurrency { get; init; } = 32;
}
