using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A reply of the agent as lines for people: a node's own output as it is, all else on one line that moves no terminal.</summary>
internal static class ReplyText
{
    public static IEnumerable<string> Lines(ControlReply reply) => reply switch
    {
        ControlReply.TextLine text => [text.Text],
        ControlReply.EventLine line => [LogLine.Of(EventText.Of(line.Entry))],
        _ => [],
    };
}
