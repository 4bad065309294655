using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// What becomes of an order that the monitor placed by itself, for the life that is there. Whatever it rested on may be over by now: the agent's own
/// newest check decides. It closes no breaker. Pure.
/// </summary>
internal abstract record AutomaticOrder
{
    private AutomaticOrder()
    {
    }

    public static AutomaticOrder Judge(ProcessPhase phase, BreakerStanding? breaker, DesiredState desired, Health health) => phase switch
    {
        _ when desired is DesiredState.Stopped stopped => new Refuse($"{stopped.By} has stopped it"),
        ProcessPhase.Broken => new Refuse(breaker?.Text() ?? "its breaker is open"),
        ProcessPhase.Stopping { ThenStart: true } => new Follow(),
        ProcessPhase.Starting or ProcessPhase.Ready => OfLiving(health),
        ProcessPhase.Looking => new Refuse("its process is not to be found"),
        _ => new Refuse("no process runs; the agent starts it by itself"),
    };

    private static AutomaticOrder OfLiving(Health health) => health switch
    {
        { Last: null } => new Refuse("it has not been looked at since the agent was started"),
        { State: HealthState.Down, Last.Remedy: Remedy.Restart } when health.Condition == health.Last.Condition && Remedies.IsOrdered(health.Condition) => new Begin(),
        _ => new Refuse($"the newest check says otherwise: {health.Last.Condition}: {health.Last.Explanation}"),
    };

    public sealed record Begin : AutomaticOrder;

    /// <summary>It is being restarted already: that is what is told of.</summary>
    public sealed record Follow : AutomaticOrder;

    public sealed record Refuse(string Reason) : AutomaticOrder;
}
