using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>How soon a node is checked again: quickly while something is going on, else by its period.</summary>
internal static class CheckPace
{
    public static TimeSpan Of(ProcessPhase phase, Health health, CheckPolicy policy) => phase switch
    {
        ProcessPhase.Starting => policy.StartPeriod,
        ProcessPhase.Looking when health.Last is not { Condition: Condition.Healthy } => policy.FastPeriod,
        ProcessPhase.Ready when health.Streak is { Toward: HealthState.Up } => policy.StartPeriod,
        ProcessPhase.Ready when health.Streak is not null || health.Last is not { Condition: Condition.Healthy } => policy.FastPeriod,
        _ => policy.Period,
    };

    /// <summary>
    /// For how long one RPC call is waited for. A hang is seen after a minute of silence; the look that confirms it need not take the whole deadline.
    /// </summary>
    public static TimeSpan Deadline(Health health, CheckPolicy policy) =>
        health.Streak is { Condition: Condition.Hung } && policy.FastPeriod < policy.RpcDeadline ? policy.FastPeriod : policy.RpcDeadline;
}
