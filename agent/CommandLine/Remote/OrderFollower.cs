using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Asks for an order until it is over.</summary>
/// <param name="progress">Called with each answer before its end.</param>
internal sealed class OrderFollower(RemoteMonitor monitor, Action<OrderView> progress)
{
    /// <summary>Between two questions.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The monitor may be away for so long while an order is followed.</summary>
    public static readonly TimeSpan Absence = TimeSpan.FromSeconds(60);

    /// <summary>Longer than an order lives and a wallet may take to be saved, stopped and started.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(20);

    public async Task<FollowedOrder> FollowAsync(OrderView order, CancellationToken cancellation)
    {
        var time = monitor.Shell.Time;
        var begun = time.GetTimestamp();
        var seen = begun;
        while (order.State is not (OrderState.Ended or OrderState.Expired))
        {
            progress(order);

            if (time.GetElapsedTime(begun) >= Patience)
            {
                return new FollowedOrder.StillGoing(order, Patience);
            }

            await Task.Delay(Pause, time, cancellation);
            switch (await monitor.Client.OrderAsync(order.Id, cancellation))
            {
                case MonitorReply<OrderView>.Got got:
                    (order, seen) = (got.Value, time.GetTimestamp());
                    break;
                case MonitorReply<OrderView>.Refused { Status: < 500 and not 429 } refused:
                    return new FollowedOrder.OutOfSight(order, $"refuses to tell: {refused.Text}");
                case var reply when time.GetElapsedTime(seen) >= Absence:
                    return new FollowedOrder.OutOfSight(order, reply is MonitorReply<OrderView>.NoAnswer none ? none.Reason : "cannot tell now");
            }
        }

        return new FollowedOrder.Over(order);
    }
}
