namespace MoneroCloud.Core;

/// <summary>How one attempt to connect ended.</summary>
internal abstract record BusConnect
{
    private BusConnect()
    {
    }

    public sealed record Opened(BusSession Session) : BusConnect;

    public sealed record Failed(BusFault Fault) : BusConnect;
}
