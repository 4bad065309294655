using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What an order to the agent of this machine prints: the steps as they happen, and at the end how it went and what it cost.</summary>
internal static class OrderOutput
{
    public static IEnumerable<string> Lines(ControlReply reply) => reply switch
    {
        ControlReply.OrderLine order => [order.Outcome.Text, .. order.Outcome.Proof is { } proof ? ProofText.Lines(proof).Select(line => $"{order.Node}:   {line}") : []],

        // Its lines come at the end.
        ControlReply.EventLine { Entry.Fact: NodeFact.Proved } => [],
        _ => ReplyText.Lines(reply),
    };

    /// <summary>Only how it went, one object a line.</summary>
    public static IEnumerable<string> Json(ControlReply reply) =>
        reply is ControlReply.OrderLine order ? [JsonSerializer.Serialize(order, AgentJson.Default.OrderLine)] : [];
}
