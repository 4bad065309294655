namespace MoneroCloud.Core;

/// <summary>The sections that tune the judgments, the same in every configuration file that has them. Every option has a default and bounds.</summary>
internal static class PolicySettings
{
    public static PolicyTable<DiagnosisPolicy> Diagnosis { get; } =
        new PolicyTable<DiagnosisPolicy>("diagnosis", "The budgets of the diagnosis.", DiagnosisPolicy.Default)
            .Duration("startGrace", "1s", "1h", p => p.StartGrace, (p, v) => p with { StartGrace = v },
                "A starting process without CPU progress for this long is no longer starting.")
            .Duration("startLimit", "10s", "168h", p => p.StartLimit, (p, v) => p with { StartLimit = v },
                "The longest a start may take, with progress. `--wallet-file` opens its port only after the first refresh: hours when far behind.")
            .Duration("busyBudget", "10s", "168h", p => p.BusyBudget, (p, v) => p with { BusyBudget = v },
                "How long a node that visibly works may be silent before it is alerted. It is never restarted for it.")
            .Duration("starvingBusyBudget", "10s", "168h", p => p.StarvingBusyBudget, (p, v) => p with { StarvingBusyBudget = v },
                "The same for wallet-rpc versions that answer nobody while they sync.")
            .Whole("lastStarvingMinor", 0, 65_535, p => p.LastStarvingMinor, (p, v) => p with { LastStarvingMinor = (int)v },
                "The last minor RPC version of wallet-rpc (the 25 of 1.25) that starves callers while it syncs.")
            .Duration("hangBudget", "10s", "24h", p => p.HangBudget, (p, v) => p with { HangBudget = v },
                "How long asleep, without work and with a stuck connection, before a node counts as hung.")
            .Duration("daemonWaitBudget", "10s", "24h", p => p.DaemonWaitBudget, (p, v) => p with { DaemonWaitBudget = v },
                "How long a wallet may wait for its daemon; wallet-rpc itself gives up after 210 s.")
            .Duration("stoppedBudget", "1s", "1h", p => p.StoppedBudget, (p, v) => p with { StoppedBudget = v },
                "A stopped process gets SIGCONT, then this long before the ladder.")
            .Whole("walletLag", 1, 1_000_000, p => p.WalletLag, (p, v) => p with { WalletLag = v },
                "Blocks a wallet may be behind its daemon.")
            .Duration("stalledBlockAge", "2m", "168h", p => p.StalledBlockAge, (p, v) => p with { StalledBlockAge = v },
                "Age of the last block from which a chain counts as stalled; a block takes 2 minutes on average.")
            .Whole("daemonLag", 1, 1_000_000, p => p.DaemonLag, (p, v) => p with { DaemonLag = v },
                "Blocks a daemon may be behind the median of the others.")
            .Whole("diskLowBytes", 0, 1L << 50, p => p.DiskLowBytes, (p, v) => p with { DiskLowBytes = v },
                "Free space, in bytes, under which a disk is noted as low.")
            .Share("diskLowShare", 0, 1, p => p.DiskLowShare, (p, v) => p with { DiskLowShare = v },
                "Free share of the disk under which it is noted as low.")
            .Duration("hostEvidenceLimit", "10s", "1h", p => p.HostEvidenceLimit, (p, v) => p with { HostEvidenceLimit = v },
                "Host evidence older than this does not speak for the host any more.")
            .Ordered("startGrace", "startLimit", p => p.StartGrace <= p.StartLimit);

    public static PolicyTable<HealthPolicy> Health { get; } =
        new PolicyTable<HealthPolicy>("health", "How many probable verdicts in a row change a node's state; a certain one does so at once.", HealthPolicy.Default)
            .Whole("fail", 1, 10, p => p.Fail, (p, v) => p with { Fail = (int)v }, "Verdicts in a row away from up.")
            .Whole("recover", 1, 10, p => p.Recover, (p, v) => p with { Recover = (int)v }, "Verdicts in a row back to up.");
}
