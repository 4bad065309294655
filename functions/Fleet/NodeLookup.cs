using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What a text of a client, a node's id or name, turned out to be.</summary>
internal abstract record NodeLookup
{
    private NodeLookup()
    {
    }

    public sealed record Found(Stored<NodeRecord> Node) : NodeLookup;

    /// <param name="Why">For the reader.</param>
    public sealed record Missing(string Why) : NodeLookup;

    /// <summary>A name that nodes of several agents have.</summary>
    public sealed record Ambiguous(ImmutableArray<string> Candidates) : NodeLookup;
}
