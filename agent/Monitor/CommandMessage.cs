using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What somebody put into the agent's queue.</summary>
internal abstract record CommandMessage
{
    private CommandMessage()
    {
    }

    public sealed record Acked(Ack Ack) : CommandMessage;

    /// <summary>Signed by the monitor; whether it is to be carried out is another question.</summary>
    public sealed record Ordered(Order Order) : CommandMessage;

    /// <summary>Nothing of it can be believed.</summary>
    /// <param name="Reason">In words, without the message's own.</param>
    public sealed record Unverifiable(string Reason) : CommandMessage;
}
