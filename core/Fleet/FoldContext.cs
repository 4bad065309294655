namespace MoneroCloud.Core;

/// <summary>With what a node's record is advanced: the policies, the monitor's time, and what its own vantage is worth.</summary>
public sealed record FoldContext
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// The present by the clock of whoever tells, so that a wrong clock on a host is not taken for old news; null where the monitor itself
    /// looked.
    /// </summary>
    public DateTimeOffset? ToldAt { get; init; }

    public DiagnosisPolicy Diagnosis { get; init; } = DiagnosisPolicy.Default;

    public HealthPolicy Health { get; init; } = HealthPolicy.Default;

    public AlertPolicy Alerts { get; init; } = AlertPolicy.Default;

    public VantageSighting Vantage { get; init; } = VantageSighting.Sound;

    /// <summary>So long after its last report an agent has been called silent at the latest; null where nobody looks for that.</summary>
    public TimeSpan? SilentAfter { get; init; }

    /// <summary>The daemons that the monitor knows, this node among them if it is one; of no matter for wallets.</summary>
    public IReadOnlyCollection<DaemonSeen> Daemons { get; init; } = [];

    /// <summary>Where the monitor's probe of this node goes, for texts; null where none is declared.</summary>
    public Uri? ProbeUrl { get; init; }
}
