using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace MoneroCloud.Functions;

/// <summary>The link over which one peer gets the answers to what it asks <c>$management</c> or <c>$cbs</c>.</summary>
internal sealed class AnswerEndpoint(ListenerLink link, string name, BrokerPeer peer) : LinkEndpoint
{
    private readonly Lock _lock = new();
    private uint _limit;
    private uint _sent;

    public override void OnFlow(FlowContext flowContext)
    {
        if (peer.Transport?.LastLimit is { } limit)
        {
            lock (_lock)
            {
                _limit = limit;
            }
        }
    }

    public override void OnDisposition(DispositionContext dispositionContext) => dispositionContext.Complete();

    public override void OnLinkClosed(ListenerLink closed, Error error) => peer.Answers.TryRemove(new(name, this));

    /// <summary>An answer that nobody gave credit for is dropped.</summary>
    public void Send(Message answer)
    {
        lock (_lock)
        {
            if (unchecked((int)(_limit - _sent)) <= 0)
            {
                return;
            }

            _sent = unchecked(_sent + 1);
        }

        link.SendMessage(answer);
    }
}
