using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>
/// What an agent tells the monitor, signed with its own key: its whole inventory, the state of its nodes, and all events that were not yet
/// acked, oldest first. A lost, late, doubled or reordered report changes nothing that the next one does not bring.
/// </summary>
public sealed record Report
{
    /// <summary>The largest payload, in bytes: signed and encoded it stays below the bus's 256 KB.</summary>
    public const int MaxBytes = 180_000;

    /// <summary>The most characters that the names of an agent's nodes have together: the monitor keeps them in one row.</summary>
    public const int MostNameText = 24_000;

    public required NodeName Agent { get; init; }

    /// <summary>The journal's; rises when a journal was lost or damaged.</summary>
    public required long Epoch { get; init; }

    /// <summary>Rises by one a report within the epoch, across the agent's restarts too.</summary>
    public required long Number { get; init; }

    [JsonIgnore]
    public ReportNumber Place => new(Epoch, Number);

    /// <summary>By the agent's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The agent's program version.</summary>
    public required string Version { get; init; }

    /// <summary>Seconds until the next report when nothing changes, 1 to 600.</summary>
    public required int PeriodSeconds { get; init; }

    /// <summary>All nodes the agent declares, also those whose state did not fit into this report.</summary>
    public required ImmutableArray<NodeName> Names { get; init; }

    public required ImmutableArray<ReportedNode> Nodes { get; init; }

    /// <summary>Of this epoch, in order, beginning after the last ack.</summary>
    public required ImmutableArray<NodeEvent> Events { get; init; }

    /// <summary>RFC 7638 thumbprints of the monitor's keys by which it takes orders; null from an agent that does not tell.</summary>
    public ImmutableArray<string>? Trusts { get; init; }

    /// <summary>More events wait than fitted.</summary>
    public bool More { get; init; }
}
