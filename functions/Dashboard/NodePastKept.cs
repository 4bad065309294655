using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What is kept for a minute of a node's past.</summary>
/// <param name="Past">Null where nothing is known of it.</param>
/// <param name="Proof">The last one in its history; null where none is among the newest <see cref="PastReader.MostNewest"/> rows.</param>
/// <param name="Orders">The ids of its last ones, newest first.</param>
internal sealed record NodePastKept(NodePastModel? Past, RestartProof? Proof, ImmutableArray<string> Orders)
{
    /// <param name="entries">Newest first.</param>
    public static RestartProof? ProofOf(IEnumerable<HistoryEntry> entries) => entries.Select(e => e.Fact).OfType<NodeFact.Proved>().FirstOrDefault()?.Proof;
}
