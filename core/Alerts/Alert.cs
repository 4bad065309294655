using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace MoneroCloud.Core;

/// <summary>Something to tell people. Stored in the same write as what caused it, and sent only afterwards.</summary>
public sealed record Alert
{
    /// <summary>24 hexadecimal digits made from what caused it: the same cause never makes a second alert.</summary>
    public required string Id { get; init; }

    /// <summary>A node's id, or an agent's name.</summary>
    public required string Subject { get; init; }

    public required AlertKind Kind { get; init; }

    public required AlertSeverity Severity { get; init; }

    /// <summary>When what it tells of happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Not to be sent before: a node that its agent brings back by then is told of otherwise. By the monitor's clock.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>The explanation, which an operator can act on.</summary>
    public required string Text { get; init; }

    public Condition? Condition { get; init; }

    public HealthState? State { get; init; }

    /// <summary>The incident it belongs to; null for what is none.</summary>
    public string? Incident { get; init; }

    /// <summary>The node's; null for what is no node, and for one without.</summary>
    public ImmutableSortedDictionary<string, string>? Labels { get; init; }

    /// <summary>The node that is its daemon; null when it has none or the monitor does not know it.</summary>
    public NodeId? Daemon { get; init; }

    /// <summary>The agent it is about, itself or through one of its nodes; null for the monitor.</summary>
    public string? Agent() => Subject == NodeId.Monitor ? null : NodeId.TryParse(Subject, out var node) ? node.Agent.ToString() : Subject;

    public static string IdOf(string subject, string place, AlertKind kind, string? detail = null) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{subject}\n{place}\n{kind}\n{detail}")).AsSpan(0, 12));
}
