using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What all triggers and the HTTP API share.</summary>
internal sealed record Monitor
{
    public required ITable Table { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Puts a message into a queue.</summary>
    public required IBusSender Bus { get; init; }

    public required MonitorKeys Keys { get; init; }

    public required ILoggerFactory Logs { get; init; }

    /// <summary>The present configuration.</summary>
    public required MonitorPolicy Policy { get; init; }

    /// <summary>Whether its own network is there.</summary>
    public SelfCheck SelfCheck
    {
        get => field ??= new SelfCheck(Policy, Time);
        init;
    }

    /// <summary>This process among those that share the table; new at each start.</summary>
    public string Instance { get; } = Guid.NewGuid().ToString("n");

    /// <summary>The daemons of the fleet, by which one of them is judged.</summary>
    public KnownDaemons Daemons { get; } = new();

    public NodeRows Rows => new(Policy.Rules, Policy.SilentAfter);

    public Incidents Incidents => new(this);

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>With what a node is judged now. Before a daemon is, <see cref="KnownDaemons.RefreshAsync"/>.</summary>
    public FoldContext Fold(NodeRecord node) =>
        Policy.Fold(Now, node.Id) with { Daemons = node.Kind == NodeKind.Daemon ? Daemons.All : [] };
}
