using Amqp.Framing;
using Amqp.Listener;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The link of one sender. The answer is given when the message is stored.</summary>
internal sealed class ArrivalEndpoint(string queue, BrokerSettings settings, BrokerLoop loop) : LinkEndpoint
{
    public override void OnMessage(MessageContext messageContext)
    {
        var message = (BrokerMessage)messageContext.Message;
        if (Fault(message, out var messages) is { } fault)
        {
            messageContext.Complete(fault);
            return;
        }

        loop.Post(new BrokerEvent.Arrived(queue, messages, refusal => Answer(messageContext, refusal)));
    }

    public override void OnFlow(FlowContext flowContext)
    {
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
    }

    private Error? Fault(BrokerMessage message, out IReadOnlyList<BrokerMessage> messages)
    {
        messages = [];
        if (settings.Script?.OnSend(queue) is { } scripted)
        {
            return new Error(scripted.Condition) { Description = scripted.Description };
        }

        if (message.Encoded.Length > settings.MostMessageBytes)
        {
            return new Error(BusRules.MessageSizeExceeded) { Description = $"the message has {message.Encoded.Length} bytes, {settings.MostMessageBytes} are taken" };
        }

        if (!MessageBatch.TryOpen(message, out var parts))
        {
            return new Error(BusRules.NotAllowed) { Description = $"a batch that is not 1 to {MessageBatch.Most} well-formed messages" };
        }

        messages = parts;
        return parts.Any(part => part.Properties?.GetMessageId() is { } id && $"{id}".Length is 0 or > BusRules.LongestMessageId)
            ? new Error(BusRules.NotAllowed) { Description = $"a message id has 1 to {BusRules.LongestMessageId} characters" }
            : null;
    }

    private static void Answer(MessageContext context, QueueRefusal? refusal)
    {
        if (refusal is null)
        {
            context.Complete();
        }
        else
        {
            context.Complete(new Error(refusal.Condition) { Description = refusal.Description });
        }
    }
}
