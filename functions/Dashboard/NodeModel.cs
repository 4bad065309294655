using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>One node with all that is known of it.</summary>
/// <param name="Incident">What is wrong with it; null while nothing is.</param>
/// <param name="Proof">Of its last restart or stop; null where none is among what is kept and was looked through.</param>
/// <param name="Orders">The newest first.</param>
/// <param name="History">The newest first.</param>
/// <param name="MoreHistory">There is more of it than is shown.</param>
/// <param name="WorkedData">As JSON on several lines; null before the first check.</param>
/// <param name="Past">Uptime and latency; null where nothing is known of it.</param>
public sealed record NodeModel(
    NodeView Node,
    IncidentView? Incident,
    RestartProof? Proof,
    ImmutableArray<OrderView> Orders,
    ImmutableArray<HistoryEntry> History,
    bool MoreHistory,
    ImmutableArray<Fact> Evidence,
    ImmutableArray<Fact> Heights,
    ImmutableArray<Fact> Process,
    ImmutableArray<Fact> Configuration,
    string? WorkedData,
    NodePastModel? Past);
