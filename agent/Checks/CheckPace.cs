using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>How soon a node is checked again: quickly while something is going on, else by its period.</summary>
internal static class CheckPace
{
    public static TimeSpan Of(ProcessPhase phase, NodeHealth health, CheckPolicy policy) => phase switch
    {
        ProcessPhase.Starting => policy.StartPeriod,
        ProcessPhase.Ready when health.Health.Streak is { Toward: HealthState.Up } => policy.StartPeriod,
        ProcessPhase.Ready when health.Health.Streak is not null || health.Last is not { Condition: Condition.Healthy } => policy.FastPeriod,
        _ => policy.Period,
    };
}
