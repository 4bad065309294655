using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Where a node is on the chain, and where its daemon is. Pure.</summary>
internal static class NodeHeights
{
    public static IEnumerable<Fact> Of(NodeRecord node)
    {
        var daemon = node.Kind == NodeKind.Daemon;
        var (own, other) = (NodeFacts.Height(node), NodeFacts.DaemonHeight(node));
        if (own is { } height)
        {
            yield return new(daemon ? "height" : "wallet height", Number(height));
        }

        if (other is { } known)
        {
            yield return new("daemon height", Number(known));
            if (own is { } mine)
            {
                yield return new("behind", known > mine ? $"{Number(known - mine)} blocks" : "no");
            }
        }

        if (node.Host?.Seen.Evidence.Chain is { } chain)
        {
            foreach (var fact in Chain(chain))
            {
                yield return fact;
            }
        }
    }

    private static IEnumerable<Fact> Chain(ChainSighting chain)
    {
        if (chain.SyncsTo is { } target)
        {
            yield return new("syncs to", Number(target));
        }

        if (chain.Peers is { } peers)
        {
            yield return new("peers", Number(peers));
        }

        if (chain.LastBlockAge is { } age)
        {
            yield return new("last block", $"{Words.Duration(age)} old when it was seen");
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
