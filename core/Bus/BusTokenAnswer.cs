namespace MoneroCloud.Core;

/// <summary>What a source of tokens says.</summary>
public abstract record BusTokenAnswer
{
    private BusTokenAnswer()
    {
    }

    public sealed record Given(BusToken Token) : BusTokenAnswer;

    /// <param name="Why">Short, printable, without secrets.</param>
    public sealed record Failed(string Why) : BusTokenAnswer;
}
