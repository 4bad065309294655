namespace MoneroCloud.Core;

/// <summary>
/// What a host saw of one of its nodes, as it travels in a report and is stored. Without the node's address, which the monitor knows by
/// port, and without what only the monitor adds. Settable, so that what a text leaves out keeps its default.
/// </summary>
public sealed record HostEvidence
{
    public ProcessSighting Process { get; set; } = new ProcessSighting.NotLooked();

    public PortSighting Port { get; set; } = new PortSighting.NotLooked();

    public ApiAnswer Api { get; set; } = new ApiAnswer.NotAsked();

    public WorkSighting Work { get; set; } = new();

    public DaemonLinkSighting DaemonLink { get; set; } = new DaemonLinkSighting.NotLooked();

    public DaemonSighting Daemon { get; set; }

    public ChainSighting Chain { get; set; } = new();

    public LockSighting Lock { get; set; } = new LockSighting.NotLooked();

    public DiskSighting? Disk { get; set; }

    public bool SaveFailed { get; set; }

    public string? OpenFailed { get; set; }

    public int? LastVersion { get; set; }

    public DesiredState Desired { get; set; } = new DesiredState.Running();

    public static HostEvidence Of(NodeEvidence evidence) => new()
    {
        Process = evidence.Process,
        Port = evidence.Port,
        Api = evidence.Api,
        Work = evidence.Work,
        DaemonLink = evidence.DaemonLink,
        Daemon = evidence.Daemon,
        Chain = evidence.Chain,
        Lock = evidence.Lock,
        Disk = evidence.Disk,
        SaveFailed = evidence.SaveFailed,
        OpenFailed = evidence.OpenFailed,
        LastVersion = evidence.LastVersion,
        Desired = evidence.Desired,
    };

    /// <summary><paramref name="blank"/> with what the host saw.</summary>
    public NodeEvidence Onto(NodeEvidence blank) => blank with
    {
        Process = Process,
        Port = Port,
        Api = Api,
        Work = Work,
        DaemonLink = DaemonLink,
        Daemon = Daemon,
        Chain = Chain,
        Lock = Lock,
        Disk = Disk,
        SaveFailed = SaveFailed,
        OpenFailed = OpenFailed,
        LastVersion = LastVersion,
        Desired = Desired,
    };
}
