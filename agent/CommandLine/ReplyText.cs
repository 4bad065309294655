namespace MoneroCloud.Agent;

/// <summary>A reply of the agent as lines for people.</summary>
internal static class ReplyText
{
    public static IEnumerable<string> Lines(ControlReply reply) => reply switch
    {
        ControlReply.TextLine text => [text.Text],
        ControlReply.EventLine line => [EventText.Of(line.Entry)],
        _ => [],
    };
}
