using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>What the monitor itself did with an order, as a line of the node's history: it was placed, or its time ran out. All else is told by the agent.</summary>
public sealed record OrderMark
{
    public required string Order { get; init; }

    public required OrderVerb Verb { get; init; }

    /// <summary>Who ordered it.</summary>
    public required string By { get; init; }

    /// <summary>Null for an operator's order.</summary>
    public AutomaticReason? Automatic { get; init; }

    /// <summary>Stored or expired.</summary>
    public required OrderState State { get; init; }

    [JsonIgnore]
    public string Place => State == OrderState.Expired ? $"x{Order}" : $"o{Order}";

    /// <summary>The orders that were placed, in the order of the history.</summary>
    public static IEnumerable<string> Placed(IEnumerable<HistoryEntry> entries) => entries.Select(e => e.Order).OfType<OrderMark>().Where(m => m.State == OrderState.Stored).Select(m => m.Order);

    /// <summary>What becomes of a check is its answer: only deeds are in the history.</summary>
    public static HistoryEntry? Of(OrderRecord record, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Order.Verb == OrderVerb.Check)
        {
            return null;
        }

        var mark = new OrderMark { Order = record.Order.Id, Verb = record.Order.Verb, By = record.Order.By, Automatic = record.Order.Automatic, State = record.State };
        return new HistoryEntry { At = at, Place = mark.Place, Order = mark };
    }
}
