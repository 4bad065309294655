using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What a node's loop says to an order.</summary>
internal abstract record OrderAnswer
{
    private OrderAnswer()
    {
    }

    /// <param name="Before">The life it found; null when there was none.</param>
    /// <param name="Ladder">The number of the ladder that is climbed for it; null where none has to be.</param>
    public sealed record Taken(ProcessIdentity? Before, long? Ladder) : OrderAnswer;

    /// <summary>What was ordered is true already; nothing was touched.</summary>
    public sealed record Already(string Text) : OrderAnswer;

    public sealed record Refused(string Reason) : OrderAnswer;

    /// <summary>The agent itself failed in the middle of it: what of it is done is not known.</summary>
    public sealed record Failed(string Reason) : OrderAnswer;

    /// <summary>It is the turn of another node of this host; to be asked again.</summary>
    public sealed record NotYet(string Reason) : OrderAnswer;
}
