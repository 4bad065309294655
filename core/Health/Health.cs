using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>A node's health as the observer holds it between checks. Changed only by <see cref="HealthMachine"/>.</summary>
public sealed record Health
{
    public required HealthState State { get; init; }

    /// <summary>The condition that made the present state.</summary>
    public required Condition Condition { get; init; }

    /// <summary>When the present state began; a change of the condition within it leaves this as it is.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Null while nothing speaks against the present state.</summary>
    public Streak? Streak { get; init; }

    /// <summary>The last diagnosis, whatever it did to the state; null before the first.</summary>
    public Diagnosis? Last { get; init; }

    /// <summary>The last observation taken in; what is not newer is dropped.</summary>
    public ObservationNumber LastNumber { get; init; }

    public DateTimeOffset LastCheck { get; init; }

    /// <summary>Usable now: the last diagnosis was Healthy.</summary>
    [JsonIgnore]
    public bool Worked => Last is { Worked: true };

    /// <summary>A node nobody has looked at yet.</summary>
    public static Health Unseen(DateTimeOffset now) =>
        new() { State = HealthState.Unknown, Condition = Condition.Starting, Since = now };
}
