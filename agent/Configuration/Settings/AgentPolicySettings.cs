using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The sections of agent.json that tune what the agent alone does; those of the judgments are <see cref="PolicySettings"/>.</summary>
internal static class AgentPolicySettings
{
    public static PolicyTable<SupervisionPolicy> Supervision { get; } =
        new PolicyTable<SupervisionPolicy>("supervision", "When a process is started again, and when no longer.", SupervisionPolicy.Default)
            .Duration("readyProof", "1s", "10m", p => p.ReadyProof, (p, v) => p with { ReadyProof = v },
                "Ready for this long, a process that exits is restarted at once; else it backs off.")
            .Duration("backOffMin", "100ms", "5m", p => p.BackOffMin, (p, v) => p with { BackOffMin = v },
                "The first wait before a start; doubled each time.")
            .Duration("backOffMax", "1s", "1h", p => p.BackOffMax, (p, v) => p with { BackOffMax = v },
                "The longest wait before a start.")
            .Whole("failedStarts", 2, 100, p => p.FailedStarts, (p, v) => p with { FailedStarts = (int)v },
                "Starts that did not reach `readyProof` within `breakerWindow`, after which the breaker opens.")
            .Whole("exits", 2, 1_000, p => p.Exits, (p, v) => p with { Exits = (int)v },
                "Exits of any kind within `breakerWindow`, after which the breaker opens.")
            .Duration("breakerWindow", "10s", "24h", p => p.BreakerWindow, (p, v) => p with { BreakerWindow = v },
                "How far back failed starts and exits count.")
            .Duration("breakerOpen", "1s", "24h", p => p.BreakerOpen, (p, v) => p with { BreakerOpen = v },
                "The first time the breaker stays open; doubled each time.")
            .Duration("breakerMax", "1s", "24h", p => p.BreakerMax, (p, v) => p with { BreakerMax = v },
                "The longest time the breaker stays open.")
            .Duration("resetAfter", "1s", "24h", p => p.ResetAfter, (p, v) => p with { ResetAfter = v },
                "Ready for this long, back-off and counts begin anew.")
            .Ordered("backOffMin", "backOffMax", p => p.BackOffMin <= p.BackOffMax)
            .Ordered("breakerOpen", "breakerMax", p => p.BreakerOpen <= p.BreakerMax);

    public static PolicyTable<CheckPolicy> Checks { get; } =
        new PolicyTable<CheckPolicy>("checks", "How often the agent checks its own nodes.", CheckPolicy.Default)
            .Duration("period", "1s", "10m", p => p.Period, (p, v) => p with { Period = v }, "Between two checks of a node.")
            .Duration("fastPeriod", "100ms", "10m", p => p.FastPeriod, (p, v) => p with { FastPeriod = v },
                "The same while it does not answer, or a streak runs.")
            .Duration("startPeriod", "50ms", "10m", p => p.StartPeriod, (p, v) => p with { StartPeriod = v },
                "The same while it starts: one look at the listening sockets, and the API only once it listens.")
            .Duration("rpcDeadline", "100ms", "1m", p => p.RpcDeadline, (p, v) => p with { RpcDeadline = v }, "Deadline of one RPC call.")
            .Ordered("fastPeriod", "period", p => p.FastPeriod <= p.Period)
            .Ordered("startPeriod", "period", p => p.StartPeriod <= p.Period);
}
