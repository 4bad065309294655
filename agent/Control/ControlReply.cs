using System.Text.Json.Serialization;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>One line of an answer on the control socket; the last one of an answer is <see cref="Done"/> or <see cref="Refused"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "reply")]
[JsonDerivedType(typeof(NodeLine), "node")]
[JsonDerivedType(typeof(EventLine), "event")]
[JsonDerivedType(typeof(TextLine), "text")]
[JsonDerivedType(typeof(MonitorLine), "monitor")]
[JsonDerivedType(typeof(OrderLine), "order")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Refused), "refused")]
internal abstract record ControlReply
{
    private ControlReply()
    {
    }

    public sealed record NodeLine(NodeStatus Node) : ControlReply;

    public sealed record EventLine(EventEntry Entry) : ControlReply;

    /// <summary>How it stands with the monitor; after the nodes of a check.</summary>
    public sealed record MonitorLine(LinkStatus Monitor) : ControlReply;

    /// <summary>Progress, or a line of a log.</summary>
    public sealed record TextLine(string Text) : ControlReply;

    /// <summary>How an order to a node ended.</summary>
    public sealed record OrderLine(string Node, Outcome Outcome) : ControlReply;

    /// <param name="Exit">The exit code for the command line.</param>
    public sealed record Done(int Exit) : ControlReply;

    /// <param name="Message">What to tell the operator.</param>
    /// <param name="Exit">2 for a wrong request, 1 for one that failed.</param>
    public sealed record Refused(string Message, int Exit) : ControlReply;
}
