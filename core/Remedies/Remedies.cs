namespace MoneroCloud.Core;

/// <summary>
/// Whether the monitor restarts a node by itself. Pure. What has exited is its agent's; what is stopped, blocked, hung or serves no more is the
/// monitor's, since it alone sees the fleet. Only on what a host saw of a living process, and only where that is confirmed.
/// </summary>
internal static class Remedies
{
    private const int LongestExplanation = 500;

    /// <summary>A restart for this is ordered by the monitor, for as long as the agent hears of it.</summary>
    public static bool IsOrdered(Condition condition) =>
        condition is Condition.Stopped or Condition.OutputBlocked or Condition.Hung or Condition.PortClosed;

    /// <summary>A daemon that is down would explain that the node does not answer, or does not listen yet: restarting it cures nothing then.</summary>
    public static bool IsExplainedByDaemon(Condition condition) => condition is Condition.Hung or Condition.PortClosed;

    /// <summary>Its confirmed condition has a restart for its remedy, which is the monitor's to order, and it is wanted to run.</summary>
    public static bool IsWanted(NodeRecord node) =>
        node is { Available: true, Restartable: true, Desired: DesiredState.Running, Identity: not null, Host: not null, Health: { State: HealthState.Down, Last.Remedy: Remedy.Restart } health }
        && health.Condition == health.Last.Condition
        && IsOrdered(health.Condition);

    public static RemedyDecision Decide(NodeRecord node, RemedySituation situation, RestartPolicy policy)
    {
        if (!IsWanted(node))
        {
            return RemedyDecision.NotWanted.Instance;
        }

        var last = node.LastRestart;
        if (last?.IsInFlight(situation.Now) == true && last.Identity == node.Identity)
        {
            return RemedyDecision.InFlight.Instance;
        }

        return Obstacle(node, situation, policy) is { } reason
            ? new RemedyDecision.Held(reason)
            : new RemedyDecision.Wanted(
                node.Identity!,
                new AutomaticReason(node.Health.Condition, Short(node.Health.Last!.Explanation)),
                Next(last, situation.Now, policy),
                situation.Daemon is { IsDown: true } daemon ? daemon.Name : null);
    }

    private static string? Obstacle(NodeRecord node, RemedySituation situation, RestartPolicy policy)
    {
        if (!policy.Automatic)
        {
            return "automatic restarts are switched off";
        }

        if (situation.EvidenceAge > situation.EvidenceLimit)
        {
            return $"what its host saw is {Words.Duration(situation.EvidenceAge)} old, and at most {Words.Duration(situation.EvidenceLimit)} are allowed";
        }

        if (node.Breaker is { State: BreakerState.Open } breaker)
        {
            return $"its breaker is open{(breaker.NextTry is { } at ? $" until {Words.Time(at)}" : "")}";
        }

        if (node.LastRestart is { } last && OverAt(last, situation.Now) is var over && over + policy.BackOffAfter(last.Try) is var until && situation.Now < until)
        {
            return $"it was restarted at {Words.Time(over)} ({Ended(last)}), and is not again before {Words.Time(until)}";
        }

        return situation.Daemon is { IsDown: true } daemon && IsExplainedByDaemon(node.Health.Condition)
            ? $"its daemon ({daemon.Name}) is down, which explains it: a restart would cure nothing"
            : null;
    }

    /// <summary>One that still seems to be in flight, for a life that is gone, was over when its agent took it.</summary>
    private static DateTimeOffset OverAt(AutomaticRestart last, DateTimeOffset now) => last.IsInFlight(now) ? last.TakenAt ?? last.PlacedAt : last.OverAt();

    private static int Next(AutomaticRestart? last, DateTimeOffset now, RestartPolicy policy) =>
        last is null || now - OverAt(last, now) > policy.ResetAfter ? 1 : last.Try + 1;

    private static string Ended(AutomaticRestart last) => last.Result is { } result ? $"the order ended {result}" : last.TakenAt is null ? "the order was not taken in time" : "the order's end was not told";

    private static string Short(string explanation) => explanation.Length <= LongestExplanation ? explanation : explanation[..LongestExplanation];
}
