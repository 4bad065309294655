using System.Runtime.InteropServices;
using Amqp;
using Amqp.Framing;

namespace MoneroCloud.Core;

/// <summary>One sending link of one queue, or the reason why there is none.</summary>
internal sealed class BusSender
{
    private readonly Lock _lock = new();
    private readonly HashSet<TaskCompletionSource<BusSend>> _pending = [];
    private readonly string _queue;
    private readonly BusSession _session;
    private readonly SenderLink? _link;
    private readonly ulong _mostBytes;
    private BusFault? _fault;

    private BusSender(string queue, BusSession session, BusLinkOpening opening)
    {
        (_queue, _session) = (queue, session);
        switch (opening)
        {
            case BusLinkOpening.Attached attached:
                _link = (SenderLink)attached.Link;
                _mostBytes = attached.Answer.MaxMessageSize;
                session.Standing.Works(Subject);
                _ = FailPendingAsync(attached.Ended);
                break;
            case BusLinkOpening.Failed failed:
                _fault = failed.Fault;
                session.Standing.Heard(failed.Fault);
                session.Standing.Fails(Subject, failed.Fault);
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

    private string Subject => $"sending to the queue {_queue}";

    public static async Task<BusSender> OpenAsync(BusSession session, string queue) => new(queue, session, await session.OpenSenderAsync(queue, new Attach
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
            Abandon(new BusFault(BusRules.Timeout, "a send had no answer"));
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
                return Answer(new BusFault(BusRules.MessageSizeExceeded, size));
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
    private void OnOutcome(ILink link, Message message, Amqp.Framing.Outcome outcome, object state)
    {
        var answer = outcome switch
        {
            Accepted => new BusSend.Accepted(),
            // A dying connection looks like a rejection.
            Rejected rejected when !IsEnded((Link)link) => Answer(BusFault.Of(rejected.Error ?? new Error(BusRules.InternalError))),
            Rejected => new BusSend.NotNow("the connection broke before the answer came", TimeSpan.Zero),
            _ => new BusSend.NotNow("the bus gave it back", TimeSpan.Zero),
        };
        ((TaskCompletionSource<BusSend>)state).TrySetResult(answer);
    }

    private BusSend Answer(BusFault fault)
    {
        _session.Standing.Heard(fault);
        _session.Standing.Refused($"a message for the queue {_queue}", fault);
        if (!BusRules.ReactionTo(fault.Condition).NewToken)
        {
            return fault.AsSend;
        }

        // The right that the link was opened with may have ended: the next send opens another, and is told whether it still holds.
        Abandon(fault);
        return fault.AsNotNow;
    }

    private static bool IsEnded(Link link) => link.IsClosed || link.Session.IsClosed || link.Session.Connection.IsClosed;

    private async Task FailPendingAsync(Task<BusFault> ended)
    {
        var fault = await ended;
        _session.Standing.Heard(fault);
        TaskCompletionSource<BusSend>[] pending;
        bool byUs;
        lock (_lock)
        {
            byUs = _fault is not null;
            _fault ??= fault;
            pending = [.. _pending];
        }

        // A link that nobody was using is detached after a while, which is nobody's trouble; the end of the connection is told once, and not here.
        await Task.Yield();
        if (pending.Length > 0 && !byUs && !_session.Ended.IsCompleted)
        {
            _session.Standing.Fails(Subject, fault);
        }

        foreach (var answer in pending)
        {
            answer.TrySetResult(fault.AsNotNow);
        }
    }

    private void Abandon(BusFault fault)
    {
        lock (_lock)
        {
            _fault ??= fault;
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
