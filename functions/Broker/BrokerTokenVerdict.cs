namespace MoneroCloud.Functions;

/// <summary>What becomes of a token that was shown.</summary>
internal abstract record BrokerTokenVerdict
{
    private BrokerTokenVerdict()
    {
    }

    public sealed record Accepted(BrokerUser User, DateTimeOffset Until) : BrokerTokenVerdict;

    /// <param name="Status">HTTP's number.</param>
    public sealed record Refused(int Status, string Words) : BrokerTokenVerdict;
}
