namespace MoneroCloud.Core;

/// <summary>How long something was in each state.</summary>
public readonly record struct StateTimes(TimeSpan Up, TimeSpan Degraded, TimeSpan Down, TimeSpan Unknown, TimeSpan Disabled)
{
    public TimeSpan Total => Up + Degraded + Down + Unknown + Disabled;

    /// <summary>Worked of all the time in which it should have and somebody knew: 0 to 1. Null where nobody knew at any time.</summary>
    public double? Uptime => Up + Degraded + Down is { Ticks: > 0 } known ? (double)(Up + Degraded).Ticks / known.Ticks : null;

    public static StateTimes operator +(StateTimes one, StateTimes other) =>
        new(one.Up + other.Up, one.Degraded + other.Degraded, one.Down + other.Down, one.Unknown + other.Unknown, one.Disabled + other.Disabled);

    public static StateTimes Add(StateTimes left, StateTimes right) => left + right;

    public StateTimes With(HealthState state, TimeSpan time) => state switch
    {
        HealthState.Up => this with { Up = Up + time },
        HealthState.Degraded => this with { Degraded = Degraded + time },
        HealthState.Down => this with { Down = Down + time },
        HealthState.Disabled => this with { Disabled = Disabled + time },
        _ => this with { Unknown = Unknown + time },
    };

    /// <summary>The same shares of another length.</summary>
    internal StateTimes Times(double factor) => new(Up * factor, Degraded * factor, Down * factor, Unknown * factor, Disabled * factor);
}
