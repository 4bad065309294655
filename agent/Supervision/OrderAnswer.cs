using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What a node's loop says to an order.</summary>
internal abstract record OrderAnswer
{
    private OrderAnswer()
    {
    }

    /// <param name="Before">The life it found; null when there was none.</param>
    public sealed record Taken(ProcessIdentity? Before) : OrderAnswer;

    /// <summary>What was ordered is true already; nothing was touched.</summary>
    public sealed record Already(string Text) : OrderAnswer;

    public sealed record Refused(string Reason) : OrderAnswer;
}
