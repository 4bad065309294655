using System.Collections.Immutable;
using System.Net;

namespace MoneroCloud.Core;

/// <summary>A whole, validated monitor.json with the overrides in it. Made only by <see cref="MonitorConfigReader"/>; paths in it are absolute.</summary>
internal sealed record MonitorConfig
{
    public const int HttpPort = 7071;

    public const int BusPort = 5672;

    /// <summary>The file it came from, absolute, whether it is there or not.</summary>
    public required string File { get; init; }

    /// <summary>In the order of the file, no id twice.</summary>
    public ImmutableArray<ConfiguredNode> Nodes { get; init; } = [];

    /// <summary>Standalone: where HTTP is served.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, HttpPort);

    /// <summary>Standalone: where the embedded broker listens.</summary>
    public IPEndPoint BusListen { get; init; } = new(IPAddress.Loopback, BusPort);

    /// <summary>Standalone: database, broker's file, keys. Need not be there yet.</summary>
    public required string DataFolder { get; init; }

    /// <summary>For links in alerts; ends with '/'. Null when there is none.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Standalone: amqp or amqps, host and port, which agents dial; null where that is <see cref="BusListen"/>.</summary>
    public Uri? AgentsBus { get; init; }

    public ProbePolicy Probe { get; init; } = ProbePolicy.Default;

    public PeriodPolicy Periods { get; init; } = PeriodPolicy.Default;

    public HistoryPolicy History { get; init; } = HistoryPolicy.Default;

    public AlertPolicy Alerts { get; init; } = AlertPolicy.Default;

    /// <summary>Who is told what.</summary>
    public AlertRules Rules { get; init; } = AlertRules.Default;

    public SelfCheckPolicy SelfCheck { get; init; } = SelfCheckPolicy.Default;

    /// <summary>Where the monitor sees whether its own network is there: tcp with host and port, or https. Empty: it is not looked for.</summary>
    public ImmutableArray<Uri> SelfCheckTargets { get; init; } = [];

    public DeadManPolicy DeadMan { get; init; } = DeadManPolicy.Default;

    /// <summary>Who waits for a sign of the monitor after each tick; null for nobody.</summary>
    public PostTarget? DeadManUrl { get; init; }

    public RestartPolicy Restarts { get; init; } = RestartPolicy.Default;

    /// <summary>At least one, no name twice.</summary>
    public ImmutableArray<ChannelConfig> Channels { get; init; } = [ChannelConfig.Default];

    public DiagnosisPolicy Diagnosis { get; init; } = DiagnosisPolicy.Default;

    public HealthPolicy Health { get; init; } = HealthPolicy.Default;
}
