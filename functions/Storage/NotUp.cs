using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>A small row beside a node that is not Up, or an agent that is silent: counts are read from these, not from all nodes.</summary>
internal sealed record NotUp
{
    public required HealthState State { get; set; }

    public required DateTimeOffset Since { get; set; }

    /// <summary>Down by the monitor's own probe: that counts even while its agent is silent.</summary>
    public bool ByProbe { get; set; }

    /// <summary>Of a silent agent: its nodes are Unknown, whatever is stored, but for what the monitor's own probe found down.</summary>
    public bool Agent { get; set; }

    /// <summary>Of a silent agent: how many of its nodes are counted.</summary>
    public int Nodes { get; set; }
}
