using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The oldest events that the monitor has not got.</summary>
/// <param name="Stored">The position they follow.</param>
/// <param name="More">Further ones are there.</param>
internal sealed record SpoolRead(EventPosition Stored, ImmutableArray<NodeEvent> Events, bool More)
{
    /// <summary>Everything up to here is in <see cref="Events"/> or with the monitor.</summary>
    public long Through => Events.IsEmpty ? Stored.N : Events[^1].N;
}
