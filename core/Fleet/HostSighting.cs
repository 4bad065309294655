namespace MoneroCloud.Core;

/// <summary>What a host saw, with its place among the agent's observations and the monitor's own time of arrival.</summary>
public sealed record HostSighting(long Epoch, ObservedEvidence Seen, DateTimeOffset ReceivedAt)
{
    public ObservationNumber Number() => new(Epoch, Seen.Number);
}
