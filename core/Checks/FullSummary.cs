namespace MoneroCloud.Core;

/// <summary>A full check at a glance.</summary>
/// <param name="PortInUse">Somebody listens on the port, be it the node or not.</param>
public sealed record FullSummary(bool PidAlive, bool PortInUse, bool ApiResponding);
