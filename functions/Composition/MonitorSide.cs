using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What differs between the two forms of the monitor: where its state lies, which bus it speaks to, and whose keys it has.</summary>
internal sealed record MonitorSide
{
    public required ITable Table { get; init; }

    /// <summary>Null where no bus is configured: then nothing is sent, and that is said.</summary>
    public required BusConnection? Bus { get; init; }

    /// <summary>Puts messages into queues.</summary>
    public required IBusSender Sender { get; init; }

    public required MonitorKeys Keys { get; init; }

    public required ApiKeys ApiKeys { get; init; }

    public required IAgentBus Agents { get; init; }

    /// <summary>How full the queues are; null where the platform keeps them.</summary>
    public Func<Task<ImmutableArray<QueueDepth>>>? QueueDepths { get; init; }

    /// <summary>As <see cref="ApiParts.EasyAuth"/>; never standalone.</summary>
    public bool EasyAuth { get; init; }

    /// <summary>What runs beside the triggers.</summary>
    public required IReadOnlyList<OwnedTask> Tasks { get; init; }

    /// <summary>Where messages come from.</summary>
    public required IBusSource Source { get; init; }

    /// <summary>To be disposed of at the end, the last first.</summary>
    public IReadOnlyList<object> Owned { get; init; } = [];
}
