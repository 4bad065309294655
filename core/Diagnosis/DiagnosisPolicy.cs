namespace MoneroCloud.Core;

/// <summary>The budgets of the diagnosis table, with the defaults of docs/monitoring.md.</summary>
public sealed record DiagnosisPolicy
{
    public static DiagnosisPolicy Default { get; } = new();

    /// <summary>A starting process without CPU progress for this long is no longer starting.</summary>
    public TimeSpan StartGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest a start may take, with progress.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a node that visibly works may be silent before it is alerted. It is never restarted for it.</summary>
    public TimeSpan BusyBudget { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The busy budget of a wallet that syncs with a version that answers nothing until it is done.</summary>
    public TimeSpan StarvingBusyBudget { get; init; } = TimeSpan.FromHours(6);

    /// <summary>
    /// The last minor RPC version that may starve its callers for a whole sync: 1.28 is wallet-rpc 0.18.4.0, and 0.18.4.1 (1.29) does not
    /// (monero PR 9875).
    /// </summary>
    public int LastStarvingMinor { get; init; } = 28;

    /// <summary>How long asleep, without work and with a stuck connection, before it counts as hung.</summary>
    public TimeSpan HangBudget { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>wallet-rpc itself gives up on its daemon after 210 s.</summary>
    public TimeSpan DaemonWaitBudget { get; init; } = TimeSpan.FromSeconds(240);

    /// <summary>A stopped process gets SIGCONT, then this long before the ladder.</summary>
    public TimeSpan StoppedBudget { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Blocks a wallet may be behind its daemon.</summary>
    public long WalletLag { get; init; } = 20;

    public TimeSpan StalledBlockAge { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Blocks a daemon may be behind the median of the others.</summary>
    public long DaemonLag { get; init; } = 3;

    /// <summary>Free space under this many bytes, or under <see cref="DiskLowShare"/>, is a note.</summary>
    public long DiskLowBytes { get; init; } = 1L << 30;

    public double DiskLowShare { get; init; } = 0.05;

    /// <summary>Host evidence older than this (two reports) does not speak for the host any more.</summary>
    public TimeSpan HostEvidenceLimit { get; init; } = TimeSpan.FromSeconds(120);
}
