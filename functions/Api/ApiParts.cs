using System.Collections.Immutable;

namespace MoneroCloud.Functions;

/// <summary>What the HTTP API is made of.</summary>
internal sealed record ApiParts
{
    public required Monitor Monitor { get; init; }

    public required ApiKeys Keys { get; init; }

    public required IAgentBus Agents { get; init; }

    public required ProbeClients Clients { get; init; }

    public required Dispatcher Dispatcher { get; init; }

    /// <summary>Handler mode: every request comes through the Functions host.</summary>
    public required bool Proxied { get; init; }

    /// <summary>Whom the platform's Easy Auth has let in may look at the pages.</summary>
    public bool EasyAuth { get; init; }

    /// <summary>Where agents reach this API; null: where the request that enrols one came in.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Whether the configuration could not be read at start, so that an earlier one is used.</summary>
    public Func<bool> ConfigurationFailed { get; init; } = () => false;

    /// <summary>What this process asked of its storage.</summary>
    public StorageTally Storage { get; init; } = new();

    /// <summary>How full the queues are; null where the platform keeps them.</summary>
    public Func<Task<ImmutableArray<QueueDepth>>>? QueueDepths { get; init; }

    /// <summary>The fleet in memory, for what shows all of it.</summary>
    public FleetSnapshots Fleet
    {
        get => field ??= new FleetSnapshots(Monitor);
        init;
    }

    public NodeDirectory Directory => new(Monitor);

    /// <summary>Who did what.</summary>
    public AuditLog Audit => new(Monitor);

    public OrderPlacing Orders => new(Monitor, Dispatcher);
}
