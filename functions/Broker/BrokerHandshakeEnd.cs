namespace MoneroCloud.Functions;

/// <summary>How TLS and login of a new connection ended.</summary>
internal abstract record BrokerHandshakeEnd
{
    private BrokerHandshakeEnd()
    {
    }

    /// <param name="User">Null for somebody whose token follows.</param>
    public sealed record Done(Stream Stream, BrokerUser? User) : BrokerHandshakeEnd;

    public sealed record Refused(string Why) : BrokerHandshakeEnd;
}
