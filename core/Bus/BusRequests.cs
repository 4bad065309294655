using System.Collections.Concurrent;
using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace MoneroCloud.Core;

/// <summary>A pair of links over which the bus is asked something: <c>$cbs</c>, or a queue's <c>$management</c>.</summary>
internal sealed class BusRequests
{
    private const int Credit = 50;

    private readonly ConcurrentDictionary<string, TaskCompletionSource<BusReply>> _asked = new(StringComparer.Ordinal);
    private readonly string _replyTo = $"reply-{Guid.NewGuid():N}";
    private SenderLink? _requests;
    private ReceiverLink? _replies;
    private BusFault? _fault;

    private BusRequests()
    {
    }

    public bool IsUsable => _requests is { IsClosed: false } && _replies is { IsClosed: false };

    public static async Task<BusRequests> OpenAsync(BusSession session, string address)
    {
        var opened = new BusRequests();
        var requests = session.OpenSenderAsync(address, new Attach { Source = new Source { Address = opened._replyTo }, Target = new Target { Address = address } });
        var replies = session.OpenReceiverAsync(address, new Attach { Source = new Source { Address = address }, Target = new Target { Address = opened._replyTo } });
        switch (await requests, await replies)
        {
            case (BusLinkOpening.Attached { Link: SenderLink sender }, BusLinkOpening.Attached { Link: ReceiverLink receiver } open):
                (opened._requests, opened._replies) = (sender, receiver);
                receiver.Start(Credit, opened.OnReply);
                _ = opened.FailAskedAsync(open.Ended);
                break;
            case (BusLinkOpening.Failed failed, _):
                opened._fault = failed.Fault;
                break;
            case (_, BusLinkOpening.Failed failed):
                opened._fault = failed.Fault;
                break;
        }

        return opened;
    }

    /// <param name="request">Gets its id and its way back here.</param>
    /// <param name="cancellation">The caller's.</param>
    public async Task<BusReply> AskAsync(Message request, CancellationToken cancellation)
    {
        if (!IsUsable)
        {
            return new BusReply.Failed(_fault ?? new BusFault(BusRules.DetachForced, "the link is gone"));
        }

        var id = $"{Guid.NewGuid():N}";
        request.Properties = new Properties { MessageId = id, ReplyTo = _replyTo };
        var answer = _asked[id] = new TaskCompletionSource<BusReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _requests!.Send(request, static (_, _, _, _) => { }, null);
            return await answer.Task.WaitAsync(cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && BusFault.IsOne(exception))
        {
            return new BusReply.Failed(BusFault.Of(exception));
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    // In the connection's pump: only hands over.
    private void OnReply(IReceiverLink link, Message reply)
    {
        link.Accept(reply);
        if (reply.Properties?.GetCorrelationId() is { } id && _asked.TryGetValue($"{id}", out var answer))
        {
            answer.TrySetResult(Judge(reply));
        }
    }

    private static BusReply Judge(Message reply)
    {
        var properties = reply.ApplicationProperties;
        var status = (properties?[BusRules.StatusCode] ?? properties?[BusRules.TokenStatusCode]) as int?;
        var words = (properties?[BusRules.StatusDescription] ?? properties?[BusRules.TokenStatusDescription]) as string;
        return BusRules.ConditionOf(status, (properties?[BusRules.ErrorCondition] as Symbol)?.ToString()) is { } condition
            ? new BusReply.Failed(BusFault.Of(new Error(condition) { Description = words ?? $"status {status}" }))
            : new BusReply.Done(reply);
    }

    private async Task FailAskedAsync(Task<BusFault> ended)
    {
        _fault = await ended;
        foreach (var answer in _asked.Values)
        {
            answer.TrySetResult(new BusReply.Failed(_fault));
        }
    }
}
