using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A node as the command line shows it.</summary>
internal sealed record NodeStatus
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required NodeKind Kind { get; init; }

    /// <summary>Null where a monitor does not know it.</summary>
    public required int? Port { get; init; }

    public required HealthState State { get; init; }

    public required Condition Condition { get; init; }

    public required string Message { get; init; }

    public required bool Worked { get; init; }

    public required bool Available { get; init; }

    /// <summary>When the state began; null where it was checked there and then.</summary>
    public DateTimeOffset? Since { get; init; }

    public int? Pid { get; init; }

    /// <summary>Who runs it.</summary>
    public NodeManage Manage { get; init; }

    /// <summary>The phase of the process machine; null without an agent.</summary>
    public string? Process { get; init; }

    /// <summary>Null while it is closed.</summary>
    public BreakerStanding? Breaker { get; init; }

    /// <summary>The last restart that the monitor ordered by itself; null before the first, and where no monitor was asked.</summary>
    public AutomaticRestart? LastRestart { get; init; }

    /// <summary>The monitor would restart it, and something is in the way; null else, and where no monitor was asked.</summary>
    public HeldRestart? HeldRestart { get; init; }

    public ImmutableArray<Note> Notes { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Starts after an exit, in this agent's life.</summary>
    public int Restarts { get; init; }

    public DateTimeOffset? LastCheck { get; init; }

    /// <summary>What the method that was asked for answered.</summary>
    public required bool Status { get; init; }

    /// <summary>The state by which it is counted: a node that is not available is disabled.</summary>
    [JsonIgnore]
    public HealthState CountedState => Available ? State : HealthState.Disabled;

    public WorkedData? WorkedData { get; init; }
}
