using System.Threading.Channels;
using Amqp;
using Amqp.Framing;

namespace MoneroCloud.Core;

/// <summary>One receiving link: what comes over it, and the words about it that go back.</summary>
internal sealed class BusDeliverySource(BusSession session, ReceiverLink link, string queue, BusOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private int _credit;
    private int _owed;

    public bool IsOpen => !link.IsClosed && !session.Ended.IsCompleted;

    /// <summary>Credit is given by hand: the bus sends no further message before one was settled.</summary>
    public void Start(int credit, ChannelWriter<BusDelivery> deliveries)
    {
        _credit = credit;
        Try(() =>
        {
            link.Start(0, (_, message) => OnMessage(message, deliveries));
            link.SetCredit(credit, CreditMode.Manual);
        });
    }

    public void Close() => Try(() => link.Close(TimeSpan.Zero));

    public bool Settle(Message message, Outcome outcome) => Try(() => link.Complete(message, outcome)) && GiveCredit();

    public async Task<DateTimeOffset?> RenewLockAsync(Guid lockToken, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(options.SendDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await session.RenewLockAsync(queue, lockToken, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    // In the connection's pump: only hands over.
    private void OnMessage(Message message, ChannelWriter<BusDelivery> deliveries)
    {
        try
        {
            deliveries.TryWrite(BusDelivery.Of(message, this));
        }
        catch (Exception exception) when (BusFault.IsOne(exception) || exception is InvalidCastException or ArgumentException or OverflowException)
        {
            // What cannot even be taken apart would come again for ever.
            Settle(message, BusDelivery.DeadLettered("Unreadable", exception.GetType().Name));
        }
    }

    private bool GiveCredit()
    {
        lock (_lock)
        {
            // In portions: a flow for each message would double the frames.
            if (++_owed < Math.Max(1, _credit / 4))
            {
                return true;
            }

            var owed = _owed;
            _owed = 0;
            return Try(() => link.SetCredit(owed, CreditMode.Manual));
        }
    }

    private bool Try(Action action)
    {
        try
        {
            if (!IsOpen)
            {
                return false;
            }

            action();
            return true;
        }
        catch (Exception exception) when (BusFault.IsOne(exception))
        {
            return false;
        }
    }
}
