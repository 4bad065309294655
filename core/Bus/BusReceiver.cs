using System.Threading.Channels;
using Amqp;
using Amqp.Framing;

namespace MoneroCloud.Core;

/// <summary>
/// Receives one queue's messages, each to be settled: completed, abandoned or dead-lettered. A message comes again when it was not, when
/// its lock expired, or when the line broke; so what handles it is idempotent by message id.
/// </summary>
public sealed class BusReceiver : IAsyncDisposable
{
    private readonly Channel<BusDelivery> _deliveries = Channel.CreateUnbounded<BusDelivery>();
    private readonly BusConnection _connection;
    private readonly CancellationTokenSource _end;
    private readonly int _credit;
    private readonly Task _loop;
    private volatile string? _trouble;

    internal BusReceiver(BusConnection connection, string queue, int credit)
    {
        _connection = connection;
        Queue = queue;
        _credit = credit;
        _end = CancellationTokenSource.CreateLinkedTokenSource(connection.End);
        _loop = Task.Run(RunAsync, CancellationToken.None);
    }

    public string Queue { get; }

    private string Subject => $"receiving from the queue {Queue}";

    /// <summary>Why nothing can come at present, in a short text without secrets; null when the queue is open.</summary>
    public string? Trouble => _trouble;

    /// <summary>
    /// Waits for the next message, across all reconnections. A message that had been handed out by the bus does not expire any more:
    /// look at <see cref="BusDelivery.ExpiresAt"/> before acting.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller's token, or the receiver was disposed.</exception>
    public async ValueTask<BusDelivery> ReceiveAsync(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _end.Token);
        while (true)
        {
            var delivery = await _deliveries.Reader.ReadAsync(either.Token);
            if (delivery.IsOurs)
            {
                return delivery;
            }
        }
    }

    /// <summary>Gives back what was not settled.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
    }

    private async Task RunAsync()
    {
        var backOff = new BusBackOff(_connection.Options);
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var session = await _connection.SessionAsync(_end.Token);
                var begun = _connection.Time.GetTimestamp();
                var fault = await LiveAsync(session);
                _trouble = fault.ToString();
                session.Standing.Heard(fault);
                if (!session.Ended.IsCompleted)
                {
                    await PauseAsync(session, fault, backOff.Next(_connection.Time.GetElapsedTime(begun)));
                }
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                _trouble = "closed";
            }
        }
    }

    private async Task PauseAsync(BusSession session, BusFault fault, TimeSpan backOff)
    {
        var least = BusRules.ReactionTo(fault.Condition).NotBefore;
        await Task.Delay(backOff > least ? backOff : least, _connection.Time, _end.Token);
        if (!session.Ended.IsCompleted)
        {
            // It is the link's own: the end of a connection also ends its links, and is told once.
            session.Standing.Fails(Subject, fault);
        }
    }

    // One life of the link. The connection mends itself; a link that was detached alone is mended here.
    private async Task<BusFault> LiveAsync(BusSession session)
    {
        var opening = await session.OpenReceiverAsync(Queue, new Attach
        {
            Source = new Source { Address = Queue },
            Target = new Target(),
            SndSettleMode = SenderSettleMode.Unsettled,
            RcvSettleMode = ReceiverSettleMode.First,
        });
        if (opening is not BusLinkOpening.Attached { Link: ReceiverLink link } attached)
        {
            return ((BusLinkOpening.Failed)opening).Fault;
        }

        _trouble = null;
        session.Standing.Works(Subject);
        var source = new BusDeliverySource(session, link, Queue, _connection.Options, _connection.Time);
        source.Start(_credit, _deliveries.Writer);
        try
        {
            return await attached.Ended.WaitAsync(_end.Token);
        }
        catch (OperationCanceledException)
        {
            source.Close();
            throw;
        }
    }
}
