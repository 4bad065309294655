using System.Collections.Concurrent;
using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace MoneroCloud.Core;

/// <summary>The pair of links of one queue over which the bus is asked something about it.</summary>
internal sealed class BusManagement
{
    private const int Credit = 50;

    private readonly ConcurrentDictionary<string, TaskCompletionSource<Message?>> _asked = new(StringComparer.Ordinal);
    private readonly string _replyTo = $"reply-{Guid.NewGuid():N}";
    private SenderLink? _requests;
    private ReceiverLink? _replies;

    private BusManagement()
    {
    }

    public bool IsUsable => _requests is { IsClosed: false } && _replies is { IsClosed: false };

    public static async Task<BusManagement> OpenAsync(BusSession session, string queue)
    {
        var opened = new BusManagement();
        var address = queue + BusRules.ManagementSuffix;
        var requests = session.OpenSenderAsync(new Attach { Source = new Source { Address = opened._replyTo }, Target = new Target { Address = address } });
        var replies = session.OpenReceiverAsync(new Attach { Source = new Source { Address = address }, Target = new Target { Address = opened._replyTo } });
        if (await requests is BusLinkOpening.Attached { Link: SenderLink sender } && await replies is BusLinkOpening.Attached { Link: ReceiverLink receiver } open)
        {
            opened._requests = sender;
            opened._replies = receiver;
            receiver.Start(Credit, opened.OnReply);
            _ = opened.FailAskedAsync(open.Ended);
        }

        return opened;
    }

    /// <returns>Until when it is locked now, or null.</returns>
    public async Task<DateTimeOffset?> RenewLockAsync(Guid lockToken, CancellationToken cancellation)
    {
        var request = new Message
        {
            ApplicationProperties = new ApplicationProperties { [BusRules.Operation] = BusRules.RenewLock },
            BodySection = new AmqpValue { Value = new Map { [BusRules.LockTokens] = new[] { lockToken } } },
        };
        return await AskAsync(request, cancellation) is { } reply && IsDone(reply) && (reply.Body as Map)?[BusRules.Expirations] is DateTime[] { Length: 1 } until
            ? new DateTimeOffset(until[0], TimeSpan.Zero)
            : null;
    }

    private async Task<Message?> AskAsync(Message request, CancellationToken cancellation)
    {
        if (!IsUsable)
        {
            return null;
        }

        var id = $"{Guid.NewGuid():N}";
        request.Properties = new Properties { MessageId = id, ReplyTo = _replyTo };
        var answer = _asked[id] = new TaskCompletionSource<Message?>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _requests!.Send(request, static (_, _, _, _) => { }, null);
            return await answer.Task.WaitAsync(cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && BusFault.IsOne(exception))
        {
            return null;
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    private static bool IsDone(Message reply) => reply.ApplicationProperties?[BusRules.StatusCode] is int code && code is >= 200 and < 300;

    // In the connection's pump: only hands over.
    private void OnReply(IReceiverLink link, Message reply)
    {
        link.Accept(reply);
        if (reply.Properties?.GetCorrelationId() is { } id && _asked.TryGetValue($"{id}", out var answer))
        {
            answer.TrySetResult(reply);
        }
    }

    private async Task FailAskedAsync(Task<BusFault> ended)
    {
        await ended;
        foreach (var answer in _asked.Values)
        {
            answer.TrySetResult(null);
        }
    }
}
