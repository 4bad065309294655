using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>A node as the API shows it.</summary>
public sealed record NodeView
{
    /// <summary><c>agent.name</c>, or <c>remote.name</c>.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Agent { get; init; }

    public required NodeKind Kind { get; init; }

    /// <summary>The state by which it is counted: Unknown while its agent is silent, Disabled while it is not available.</summary>
    public required HealthState State { get; init; }

    public required Condition Condition { get; init; }

    /// <summary>When that state began.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Usable now: the last diagnosis was Healthy, and nothing since says that nobody knows.</summary>
    public required bool Worked { get; init; }

    /// <summary>One sentence an operator can act on.</summary>
    public required string Message { get; init; }

    public ImmutableArray<Note>? Notes { get; init; }

    /// <summary>Null while nothing speaks against the state.</summary>
    public Streak? Streak { get; init; }

    /// <summary>What the last check left; null before the first.</summary>
    public WorkedData? WorkedData { get; init; }

    /// <summary>By the clock of who looked; null before the first.</summary>
    public DateTimeOffset? LastCheck { get; init; }

    public int? Pid { get; init; }

    /// <summary>The living process; null when there is none or nobody knows.</summary>
    public ProcessIdentity? Identity { get; init; }

    /// <summary>The RPC port; null when it is not known.</summary>
    public int? Port { get; init; }

    /// <summary>Who runs it: its agent, or somebody else whom its agent watches.</summary>
    public NodeManage Manage { get; init; }

    /// <summary>An order can restart it.</summary>
    public bool Restartable { get; init; }

    /// <summary>What the agent's process machine does.</summary>
    public string? Phase { get; init; }

    public int Restarts { get; init; }

    /// <summary>Null while it is closed.</summary>
    public BreakerStanding? Breaker { get; init; }

    /// <summary>The last restart that the monitor ordered by itself; null before the first.</summary>
    public AutomaticRestart? LastRestart { get; init; }

    /// <summary>It would be restarted, and something is in the way; null else.</summary>
    public HeldRestart? HeldRestart { get; init; }

    public required DesiredState Desired { get; init; }

    public required bool Available { get; init; }

    public required NodeVantage Vantage { get; init; }

    /// <summary>The node of the same agent that is its daemon; null when it is another or unknown.</summary>
    public string? Daemon { get; init; }

    public ImmutableSortedDictionary<string, string>? Labels { get; init; }

    /// <summary>How old the newest report of its host is, by the monitor's clock; null where there is none.</summary>
    public long? ReportAgeSeconds { get; init; }

    /// <summary>Its agent says nothing any more.</summary>
    public bool Silent { get; init; }
}
