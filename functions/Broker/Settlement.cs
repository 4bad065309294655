namespace MoneroCloud.Functions;

/// <summary>What a receiver said about a message.</summary>
internal abstract record Settlement
{
    private Settlement()
    {
    }

    public sealed record Complete : Settlement;

    public sealed record Abandon : Settlement;

    public sealed record Release : Settlement;

    public sealed record DeadLetter(string Reason, string Description) : Settlement;
}
