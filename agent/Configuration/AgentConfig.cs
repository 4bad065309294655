using System.Collections.Immutable;
using System.Net;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A whole, validated agent.json. Made only by <see cref="AgentConfigReader"/>; paths in it are absolute.</summary>
internal sealed record AgentConfig
{
    /// <summary>The file it came from, canonical (no links).</summary>
    public required string File { get; init; }

    public required NodeName Agent { get; init; }

    /// <summary>Journal, events, control socket, logs; made 0700 when missing.</summary>
    public required string StateFolder { get; init; }

    public required ImmutableArray<NodeConfig> Nodes { get; init; }

    public SupervisionPolicy Supervision { get; init; } = SupervisionPolicy.Default;

    public DiagnosisPolicy Diagnosis { get; init; } = DiagnosisPolicy.Default;

    public HealthPolicy Health { get; init; } = HealthPolicy.Default;

    public CheckPolicy Checks { get; init; } = CheckPolicy.Default;

    public LinkPolicy Monitor { get; init; } = LinkPolicy.Default;

    /// <summary>Who is told that the monitor is silent, an absolute http or https address; null for nobody.</summary>
    public Secret? Webhook { get; init; }

    /// <summary>Where metrics are served, a loopback address; null: nowhere.</summary>
    public IPEndPoint? Metrics { get; init; }

    public NodeConfig? Find(NodeName name) => Nodes.FirstOrDefault(n => n.Name == name);
}
