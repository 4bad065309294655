namespace MoneroCloud.Functions;

/// <summary>How an attempt to start the broker ended.</summary>
internal abstract record BrokerStart
{
    private BrokerStart()
    {
    }

    public sealed record Started(EmbeddedBroker Broker) : BrokerStart;

    /// <param name="Why">Names the file or the address, and what is in the way.</param>
    public sealed record Refused(string Why) : BrokerStart;
}
