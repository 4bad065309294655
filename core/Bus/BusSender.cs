using System.Runtime.InteropServices;
using Amqp;
using Amqp.Framing;

namespace MoneroCloud.Core;

/// <summary>One sending link of one queue, or the reason why there is none.</summary>
internal sealed class BusSender
{
    private readonly Lock _lock = new();
    private readonly HashSet<TaskCompletionSource<BusSend>> _pending = [];
    private readonly SenderLink? _link;
    private readonly ulong _mostBytes;
    private BusFault? _fault;

    private BusSender(BusLinkOpening opening)
    {
        switch (opening)
        {
            case BusLinkOpening.Attached attached:
                _link = (SenderLink)attached.Link;
                _mostBytes = attached.Answer.MaxMessageSize;
                _ = FailPendingAsync(attached.Ended);
                break;
            case BusLinkOpening.Failed failed:
                _fault = failed.Fault;
                break;
        }
    }

    public bool IsUsable
    {
        get
        {
            lock (_lock)
            {
                return _fault is null && _link is { IsClosed: false };
            }
        }
    }

    public static async Task<BusSender> OpenAsync(BusSession session, string queue) => new(await session.OpenSenderAsync(new Attach
    {
        Source = new Source(),
        Target = new Target { Address = queue },
        SndSettleMode = SenderSettleMode.Unsettled,
    }));

    public async Task<BusSend> SendAsync(BusMessage message, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<BusSend>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Begin(message, answer) is { } refusal)
        {
            return refusal;
        }

        try
        {
            return await answer.Task.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // A message cannot be taken back. The link could be stuck: the next send opens another one.
            Abandon();
            throw;
        }
        finally
        {
            lock (_lock)
            {
                _pending.Remove(answer);
            }
        }
    }

    private BusSend? Begin(BusMessage message, TaskCompletionSource<BusSend> answer)
    {
        lock (_lock)
        {
            if (_fault is { } fault)
            {
                return fault.AsSend;
            }

            _pending.Add(answer);
        }

        try
        {
            var amqp = ToAmqp(message);
            if (_mostBytes > 0 && (ulong)amqp.GetEstimatedMessageSize() > _mostBytes)
            {
                var size = $"message {message.MessageId} has {message.Body.Length} bytes, the bus takes {_mostBytes} with the properties";
                return new BusSend.Refused(BusRules.MessageSizeExceeded, size);
            }

            _link!.Send(amqp, OnOutcome, answer);
            return null;
        }
        catch (Exception exception) when (BusFault.IsOne(exception))
        {
            return new BusSend.NotNow(BusFault.Of(exception).ToString(), TimeSpan.Zero);
        }
    }

    // In the connection's pump: only hands over.
    private static void OnOutcome(ILink link, Message message, Outcome outcome, object state)
    {
        BusSend answer = outcome switch
        {
            Accepted => new BusSend.Accepted(),
            // A dying connection looks like a rejection.
            Rejected rejected when !IsEnded((Link)link) => BusFault.Of(rejected.Error ?? new Error(BusRules.InternalError)).AsSend,
            Rejected => new BusSend.NotNow("the connection broke before the answer came", TimeSpan.Zero),
            _ => new BusSend.NotNow("the bus gave it back", TimeSpan.Zero),
        };
        ((TaskCompletionSource<BusSend>)state).TrySetResult(answer);
    }

    private static bool IsEnded(Link link) => link.IsClosed || link.Session.IsClosed || link.Session.Connection.IsClosed;

    private async Task FailPendingAsync(Task<BusFault> ended)
    {
        var fault = await ended;
        TaskCompletionSource<BusSend>[] pending;
        lock (_lock)
        {
            _fault = fault;
            pending = [.. _pending];
        }

        foreach (var answer in pending)
        {
            answer.TrySetResult(new BusSend.NotNow(fault.ToString(), BusRules.NotBefore(fault.Condition)));
        }
    }

    private void Abandon()
    {
        lock (_lock)
        {
            _fault ??= new BusFault(BusRules.Timeout, "a send had no answer");
        }

        try
        {
            _link!.Close(TimeSpan.Zero);
        }
        catch (Exception exception) when (BusFault.IsOne(exception))
        {
            // Already gone.
        }
    }

    private static Message ToAmqp(BusMessage message)
    {
        var header = new Header { Durable = true };
        if (message.TimeToLive is { } ttl)
        {
            header.Ttl = (uint)Math.Clamp(ttl.TotalMilliseconds, 1, uint.MaxValue);
        }

        var properties = new Properties { MessageId = message.MessageId };
        if (message.ContentType is { } contentType)
        {
            properties.ContentType = contentType;
        }

        if (message.Subject is { } subject)
        {
            properties.Subject = subject;
        }

        return new Message { Header = header, Properties = properties, BodySection = new Data { Binary = Bytes(message.Body) } };
    }

    private static byte[] Bytes(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var segment) && segment.Array is { } array && segment.Count == array.Length ? array : body.ToArray();
}
