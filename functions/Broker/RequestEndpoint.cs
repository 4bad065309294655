using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>A link over which a peer asks something: each request names its operation, and the link for the answer.</summary>
internal abstract class RequestEndpoint(BrokerPeer peer) : LinkEndpoint
{
    public override void OnMessage(MessageContext messageContext)
    {
        var request = messageContext.Message;
        if (request.Properties?.ReplyTo is not { } replyTo || !peer.Answers.TryGetValue(replyTo, out var answers))
        {
            messageContext.Complete(new Error(BusRules.NotFound) { Description = "no link for the answer" });
            return;
        }

        // The id is taken before the library lets go of the message.
        var id = request.Properties.GetMessageId();
        Handle(request, answer => Send(answers, answer, id));
        messageContext.Complete();
    }

    public override void OnFlow(FlowContext flowContext)
    {
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
    }

    protected abstract void Handle(Message request, Action<Message> answer);

    protected static string OperationOf(Message request) => request.ApplicationProperties?[BusRules.Operation] as string ?? "";

    private static void Send(AnswerEndpoint answers, Message answer, object? id)
    {
        answer.Properties = new Properties();
        if (id is not null)
        {
            answer.Properties.SetCorrelationId(id);
        }

        answers.Send(answer);
    }
}
