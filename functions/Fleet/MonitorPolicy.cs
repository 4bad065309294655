using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What the monitor's configuration says, in the form in which it is used.</summary>
internal sealed record MonitorPolicy
{
    /// <summary>The sweep, each minute in Azure, has by then noticed what became true.</summary>
    private static readonly TimeSpan UntilSwept = TimeSpan.FromSeconds(90);

    public DiagnosisPolicy Diagnosis { get; init; } = DiagnosisPolicy.Default;

    public HealthPolicy Health { get; init; } = HealthPolicy.Default;

    public AlertPolicy Alerts { get; init; } = AlertPolicy.Default;

    public RestartPolicy Restarts { get; init; } = RestartPolicy.Default;

    /// <summary>What agents are told to do when nothing changes.</summary>
    public TimeSpan ReportPeriod { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>An agent that has said nothing for so many of its periods is silent.</summary>
    public int SilentPeriods { get; init; } = 3;

    /// <summary>How often the timer probes.</summary>
    public TimeSpan ProbePeriod { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For one probe.</summary>
    public TimeSpan ProbeDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Probes at one time.</summary>
    public int ProbeConcurrency { get; init; } = 32;

    /// <summary>How long nobody else probes a shard after the process that did so has died. Renewed at a third of it.</summary>
    public TimeSpan ShardLease { get; init; } = TimeSpan.FromSeconds(45);

    public TimeSpan HistoryKept { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Of transitions: with them a day more, so that the first day of which they tell is whole, and uptime over all of it needs nothing else.</summary>
    public TimeSpan TransitionsKept => HistoryKept + RollupSpan.Day.Length();

    public TimeSpan HoursKept { get; init; } = TimeSpan.FromDays(35);

    public TimeSpan DaysKept { get; init; } = TimeSpan.FromDays(400);

    /// <summary>How long it is kept who did what.</summary>
    public TimeSpan AuditKept { get; init; } = TimeSpan.FromDays(400);

    /// <summary>The nodes that the monitor reaches by itself.</summary>
    public ImmutableDictionary<NodeId, ProbeTarget> Targets { get; init; } = ImmutableDictionary<NodeId, ProbeTarget>.Empty;

    /// <summary>Who is told what.</summary>
    public AlertRules Rules { get; init; } = AlertRules.Default;

    /// <summary>Messages a minute that a channel takes; those without a limit are not here.</summary>
    public ImmutableDictionary<string, int> ChannelLimits { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>For links in alerts; ends with '/'. Null when there is none.</summary>
    public Uri? PublicUrl { get; init; }

    public SelfCheckPolicy SelfCheck { get; init; } = SelfCheckPolicy.Default;

    /// <summary>Where the monitor sees whether its own network is there. Empty: it is not looked for.</summary>
    public ImmutableArray<Uri> SelfCheckTargets { get; init; } = [];

    public DeadManPolicy DeadMan { get; init; } = DeadManPolicy.Default;

    /// <summary>So long after its last report an agent has been called silent at the latest.</summary>
    public TimeSpan SilentAfter => (ReportPeriod * SilentPeriods) + UntilSwept;

    public FoldContext Fold(DateTimeOffset now, NodeId node) => new()
    {
        Now = now,
        Diagnosis = Diagnosis,
        Health = Health,
        Alerts = Alerts,
        SilentAfter = SilentAfter,
        ProbeUrl = Targets.GetValueOrDefault(node)?.JsonRpc(),
    };
}
