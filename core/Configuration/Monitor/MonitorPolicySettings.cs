namespace MoneroCloud.Core;

/// <summary>The sections of monitor.json that tune what the monitor alone does; those of the judgments are <see cref="PolicySettings"/>.</summary>
internal static class MonitorPolicySettings
{
    public static PolicyTable<ProbePolicy> Probe { get; } =
        new PolicyTable<ProbePolicy>("probe", "How the monitor itself probes nodes that have a `probeUrl`.", ProbePolicy.Default)
            .Duration("deadline", "100ms", "30s", p => p.Deadline, (p, v) => p with { Deadline = v }, "Deadline of one RPC call.")
            .Whole("concurrency", 1, 256, p => p.Concurrency, (p, v) => p with { Concurrency = (int)v }, "Nodes probed at once.");

    public static PolicyTable<PeriodPolicy> Periods { get; } =
        new PolicyTable<PeriodPolicy>("periods", "How often agents report, and when one that does not counts as silent.", PeriodPolicy.Default)
            .Duration("report", "1s", "10m", p => p.Report, (p, v) => p with { Report = v }, "Between two reports of an agent to which nothing happens.")
            .Whole("silentAfter", 2, 60, p => p.SilentAfter, (p, v) => p with { SilentAfter = (int)v },
                "Periods without a report, after which an agent is silent.");

    public static PolicyTable<HistoryPolicy> History { get; } =
        new PolicyTable<HistoryPolicy>("history", "How long the monitor remembers what happened.", HistoryPolicy.Default)
            .Whole("retentionDays", 1, 3_650, p => p.RetentionDays, (p, v) => p with { RetentionDays = (int)v }, "Days after which history is deleted. An order to check goes an hour after it expired.")
            .Whole("hourlyDays", 1, 3_650, p => p.HourlyDays, (p, v) => p with { HourlyDays = (int)v }, "Days after which an hour's sums of a node (checks, latency, time in each state) are deleted.")
            .Whole("dailyDays", 1, 3_650, p => p.DailyDays, (p, v) => p with { DailyDays = (int)v }, "Likewise a day's. Uptime of what is older than `retentionDays` is computed from these.")
            .Whole("auditDays", 1, 3_650, p => p.AuditDays, (p, v) => p with { AuditDays = (int)v }, "Days after which the record of who did what is deleted.");

    public static PolicyTable<RestartPolicy> Restarts { get; } =
        new PolicyTable<RestartPolicy>("restarts", "What the monitor restarts by itself (frozen, blocked, hung), and how much of the fleet at most.", RestartPolicy.Default)
            .Truth("automatic", p => p.Automatic, (p, v) => p with { Automatic = v },
                "False: no order is placed automatically. Agents that hear of the monitor leave such nodes to an operator then.")
            .Share("share", 0, 1, p => p.Share, (p, v) => p with { Share = v },
                $"Of all nodes, restarted by automatic order within `window`: at least 1, at most {RestartBudget.MostSlots}.")
            .Duration("window", "10s", "24h", p => p.Window, (p, v) => p with { Window = v }, "How far back automatic restarts count.")
            .Duration("backOff", "1s", "24h", p => p.BackOff, (p, v) => p with { BackOff = v },
                "After an automatic restart, before the next of the same node; doubled with each in a row. Longer than `window`, those that wait for their first come before.")
            .Duration("backOffMax", "1s", "24h", p => p.BackOffMax, (p, v) => p with { BackOffMax = v }, "The longest such wait; nodes left alone for twice as long begin anew.")
            .Ordered("backOff", "backOffMax", p => p.BackOff <= p.BackOffMax);

    public static PolicyTable<AlertPolicy> Alerts { get; } =
        new PolicyTable<AlertPolicy>("alerts", "What is alerted, where to, how often, and in how many messages.", AlertPolicy.Default)
            .Truth("restarted", p => p.Restarted, (p, v) => p with { Restarted = v }, "A node that its agent restarted, and that is up again, is alerted too.")
            .Duration("grace", "1s", "10m", p => p.Grace, (p, v) => p with { Grace = v },
                "How long an agent has to bring a node back by itself, or to open its wallet, before that is alerted.")
            .Duration("lateAfter", "1m", "24h", p => p.LateAfter, (p, v) => p with { LateAfter = v },
                "Events older than this on arrival make one summary alert for the agent instead of an alert each.")
            .Beside([ChannelKinds.Channels, .. AlertRuleSettings.All]);
}
