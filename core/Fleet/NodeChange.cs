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

    /// <summary>What became of the node's outage, step by step: what incidents are made from.</summary>
    public ImmutableArray<OutageStep> Outages { get; init; } = [];

    /// <summary>What was checked and judged, each once; events are no checks.</summary>
    public ImmutableArray<CheckSample> Checks { get; init; } = [];

    /// <summary>What became of orders.</summary>
    public ImmutableArray<NodeEvent> Orders { get; init; } = [];

    /// <summary>What the monitor itself orders: stored with what it is ordered for.</summary>
    public OrderRecord? Placed { get; init; }

    public static NodeChange None(NodeRecord record) => new() { Next = record };

    /// <param name="at">When it happened.</param>
    /// <param name="text">The explanation.</param>
    internal NodeChange With(Reaction reaction, DateTimeOffset at, string text)
    {
        var kept = Alerts.RemoveAll(a => reaction.Cancelled == a.Id);
        var cancelled = reaction.Cancelled is { } id && kept.Length == Alerts.Length ? Cancelled.Add(id) : Cancelled;
        var step = new OutageStep(reaction.Outage, at, text, [.. reaction.Alerts.Where(a => a.Kind != AlertKind.Noted).Select(a => a.Id)]);
        return this with
        {
            Next = Next with { Outage = reaction.Outage },
            Alerts = kept.AddRange(reaction.Alerts),
            Cancelled = cancelled,
            Outages = Equals(Next.Outage, reaction.Outage) && step.Alerts.IsEmpty ? Outages : Outages.Add(step),
        };
    }

    /// <summary>An alert by itself, beside a change of health: it belongs to what is wrong at this moment, whatever becomes of that within the same change.</summary>
    internal NodeChange WithAlert(Alert alert) => this with
    {
        Alerts = Alerts.Add(alert),
        Outages = Next.Outage is { } outage ? Outages.Add(new OutageStep(outage, alert.At, alert.Text, [alert.Id])) : Outages,
    };

    /// <summary>What its agent's silence tells instead: the outage stays, its own alert is taken back.</summary>
    internal static NodeChange ToldBySilence(NodeRecord node, Outage outage, DateTimeOffset now)
    {
        var told = outage with { AlertId = null, Agent = AgentWord.Silent };
        return None(node with { Outage = told }) with { Cancelled = outage.AlertId is { } id ? [id] : [], Outages = [new OutageStep(told, now, "its agent is silent", [])] };
    }
}
