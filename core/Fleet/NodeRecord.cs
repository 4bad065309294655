using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>
/// A node as the monitor keeps it: what it is, what was last seen of it from each vantage, and its health. Changed only by
/// <see cref="NodeFold"/>. Settable, so that what a stored text leaves out keeps its default.
/// </summary>
public sealed record NodeRecord
{
    private static readonly TimeSpan HostIsOld = TimeSpan.FromMinutes(2);

    public required NodeId Id { get; set; }

    public required NodeKind Kind { get; set; }

    /// <summary>The RPC port on the agent's host; of a remote node, of its probe address.</summary>
    public int Port { get; set; }

    public bool Tls { get; set; }

    public bool WalletDeclared { get; set; }

    public bool WalletFileMode { get; set; }

    /// <summary>The node of the same agent that is its daemon; null when it is another or unknown.</summary>
    public NodeName? Daemon { get; set; }

    /// <summary>Who runs it.</summary>
    public NodeManage Manage { get; set; }

    /// <summary>An order can restart it.</summary>
    public bool Restartable { get; set; } = true;

    /// <summary>False: kept and shown; not probed, counted or alerted.</summary>
    public bool Available { get; set; } = true;

    public ImmutableSortedDictionary<string, string>? Labels { get; set; }

    public required Health Health { get; set; }

    /// <summary>The newest that its host has seen; null for a remote node, and before the first report.</summary>
    public HostSighting? Host { get; set; }

    /// <summary>The monitor's own last probe; null where none is declared, and before the first.</summary>
    public Probed? Probe { get; set; }

    /// <summary>The newest report that told of it: an older one says nothing about it any more, but for events.</summary>
    public ReportNumber Reported { get; set; }

    /// <summary>Events of its agent up to here are folded in.</summary>
    public EventPosition Applied { get; set; }

    /// <summary>The last event that was about this node: what was observed before it says less.</summary>
    public EventPosition LastEvent { get; set; }

    /// <summary>The last exit, for as long as nothing newer is seen.</summary>
    public ProcessSighting.Gone? LastExit { get; set; }

    /// <summary>The living process, as its host last said; null when there is none or nobody knows.</summary>
    public ProcessIdentity? Identity { get; set; }

    public string? Phase { get; set; }

    public int Restarts { get; set; }

    /// <summary>Null while it is closed.</summary>
    public BreakerStanding? Breaker { get; set; }

    public DesiredState Desired { get; set; } = new DesiredState.Running();

    public WorkedData? WorkedData { get; set; }

    /// <summary>The host's observation at which the health last changed: only later ones count for the next change.</summary>
    public ObservationNumber Turned { get; set; }

    /// <summary>Notes that were told and are still true: each is told once.</summary>
    public ImmutableArray<Note> Notes { get; set; } = [];

    /// <summary>What is wrong since when, and what was said about it; null while nothing is.</summary>
    public Outage? Outage { get; set; }

    /// <summary>The last restart that the monitor ordered by itself; null before the first.</summary>
    public AutomaticRestart? LastRestart { get; set; }

    /// <summary>It would be restarted, and something is in the way; null else.</summary>
    public HeldRestart? HeldRestart { get; set; }

    /// <summary>All its checks since the monitor knows it; null before the first write of a program that counts them.</summary>
    public CheckTally? Tally { get; set; }

    /// <summary>The hour and the day that run; null likewise.</summary>
    public NodeRollups? Rollups { get; set; }

    /// <summary>The node that is its daemon; null when it has none or the monitor does not know it.</summary>
    public NodeId? DaemonId() => Daemon is { } daemon ? new NodeId(Id.Agent, daemon) : null;

    /// <summary>The state by which it is counted.</summary>
    public HealthState CountedState() => Available ? Health.State : HealthState.Disabled;

    /// <summary>The monitor's own probe found it down, long after the last word of its host: true whatever its agent would say.</summary>
    public bool IsDownByProbe() => CountedState() == HealthState.Down
        && Host is { } host && Probe is { Answer: not ApiAnswer.Answered } probe && probe.At - host.ReceivedAt > HostIsOld;

    public bool Worked() => Available && Health.Worked;

    public static NodeRecord New(NodeId id, NodeKind kind, DateTimeOffset now) => new() { Id = id, Kind = kind, Health = Health.Unseen(now) };
}
