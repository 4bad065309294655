namespace MoneroCloud.Core;

/// <summary>All the evidence about one node that is at hand: facts, without opinion. What was not gathered says so.</summary>
public sealed record NodeEvidence
{
    public required NodeKind Kind { get; init; }

    /// <summary>When it was gathered, by the observer's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The check's number within the observer's epoch; rises by one a check. One number counts once in a streak.</summary>
    public required ObservationNumber Number { get; init; }

    /// <summary>A wallet is declared and must be open.</summary>
    public bool WalletDeclared { get; init; }

    /// <summary>The wallet is on the command line (<c>--wallet-file</c>): the port opens only after it is loaded and refreshed.</summary>
    public bool WalletFileMode { get; init; }

    /// <summary>Who runs it; decides what helps.</summary>
    public NodeManage Manage { get; init; }

    /// <summary>The agent can restart it: always its own, a watched one only where its systemd unit is named.</summary>
    public bool Restartable { get; init; } = true;

    /// <summary>The JSON-RPC address of the local check, for explanations and answers; a login in it is never shown. Null when not known.</summary>
    public Uri? Url { get; init; }

    /// <summary>What <c>get_version</c> last answered, in whichever life; null when it never did. Tells how long a silent node may sync.</summary>
    public int? LastVersion { get; init; }

    /// <summary>This check, for <see cref="HealthMachine"/>.</summary>
    public Observation Observation => new(Number, At);

    public DesiredState Desired { get; init; } = new DesiredState.Running();

    public ProcessSighting Process { get; init; } = new ProcessSighting.NotLooked();

    public PortSighting Port { get; init; } = new PortSighting.NotLooked();

    /// <summary>The agent's local API check.</summary>
    public ApiAnswer Api { get; init; } = new ApiAnswer.NotAsked();

    public WorkSighting Work { get; init; } = new();

    public DaemonLinkSighting DaemonLink { get; init; } = new DaemonLinkSighting.NotLooked();

    public DaemonSighting Daemon { get; init; }

    public ChainSighting Chain { get; init; } = new();

    public LockSighting Lock { get; init; } = new LockSighting.NotLooked();

    /// <summary>Null when nobody looked.</summary>
    public DiskSighting? Disk { get; init; }

    /// <summary>The last exit of this node was a failed save, and no save has succeeded since.</summary>
    public bool SaveFailed { get; init; }

    /// <summary>Why the agent's last try to open the declared wallet failed; null when it did not, or there was none.</summary>
    public string? OpenFailed { get; init; }

    /// <summary>The monitor's probe; null when no <c>probeUrl</c> is declared.</summary>
    public ProbeSighting? Probe { get; init; }

    /// <summary>
    /// Age of the newest evidence from the host; null when there is none, or when the host itself judges what it has just seen.
    /// Past <see cref="DiagnosisPolicy.HostEvidenceLimit"/> nothing of the host counts any more, its API check included.
    /// </summary>
    public TimeSpan? HostEvidenceAge { get; init; }

    public VantageSighting Vantage { get; init; } = VantageSighting.Sound;
}
