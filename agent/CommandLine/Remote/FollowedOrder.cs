using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>How the following of an order ended.</summary>
internal abstract record FollowedOrder
{
    private FollowedOrder()
    {
    }

    /// <summary>It has ended, or expired.</summary>
    public sealed record Over(OrderView Order) : FollowedOrder;

    /// <summary>It had not ended when our patience did.</summary>
    public sealed record StillGoing(OrderView Order, TimeSpan After) : FollowedOrder;

    /// <summary>The monitor could not be asked any more.</summary>
    public sealed record OutOfSight(OrderView Order, string Reason) : FollowedOrder;

    /// <summary>What was wanted is so.</summary>
    public bool IsGood => this is Over { Order.Outcome.Result: OutcomeResult.Done or OutcomeResult.DoneAlready };

    public string Text() => this switch
    {
        Over over => OrderText.End(over.Order),
        StillGoing going => $"the order {going.Order.Id} is not over after {Words.Duration(going.After)}; 'monerocloud order {going.Order.Id}' shows how far it is",
        OutOfSight gone => $"how the order {gone.Order.Id} ends is not known: the monitor {gone.Reason}",
        _ => throw new InvalidOperationException(GetType().Name),
    };
}
