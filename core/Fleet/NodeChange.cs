using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>A node's record after something was taken in, and all that has to be stored with it in one atomic write.</summary>
public sealed record NodeChange
{
    public required NodeRecord Next { get; init; }

    public ImmutableArray<HistoryEntry> History { get; init; } = [];

    public ImmutableArray<Alert> Alerts { get; init; } = [];

    /// <summary>Ids of alerts that were stored earlier, are not due yet, and are not wanted any more.</summary>
    public ImmutableArray<string> Cancelled { get; init; } = [];

    /// <summary>What became of orders.</summary>
    public ImmutableArray<NodeEvent> Orders { get; init; } = [];

    /// <summary>What the monitor itself orders: stored with what it is ordered for.</summary>
    public OrderRecord? Placed { get; init; }

    public static NodeChange None(NodeRecord record) => new() { Next = record };

    internal NodeChange With(Reaction reaction)
    {
        var kept = Alerts.RemoveAll(a => reaction.Cancelled == a.Id);
        var cancelled = reaction.Cancelled is { } id && kept.Length == Alerts.Length ? Cancelled.Add(id) : Cancelled;
        return this with { Next = Next with { Outage = reaction.Outage }, Alerts = kept.AddRange(reaction.Alerts), Cancelled = cancelled };
    }
}
