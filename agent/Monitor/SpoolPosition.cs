using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>How far the monitor has the events, and whose they are: the file <c>acked.json</c> of the spool.</summary>
/// <param name="Epoch">The epoch of every event in the spool.</param>
/// <param name="N">The last event that the monitor has stored; 0 when it has none.</param>
/// <param name="Monitor">The monitor's address: another one has not got what this one has.</param>
/// <param name="Key">The thumbprint of the key of the enrolment.</param>
internal sealed record SpoolPosition(long Epoch, long N, string Monitor, string Key)
{
    public EventPosition Stored() => new(Epoch, N);
}
