using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>All that a decision about an alert rests on, beside the alert itself.</summary>
internal sealed record RoutingView
{
    public required DateTimeOffset Now { get; init; }

    public required AlertRules Rules { get; init; }

    /// <summary>The incident it belongs to, open or resolved; null when it belongs to none.</summary>
    public Incident? Incident { get; init; }

    public ImmutableArray<Silence> Silences { get; init; } = [];

    /// <summary>Since when its agent is silent; null while it reports.</summary>
    public DateTimeOffset? AgentSilentSince { get; init; }

    /// <summary>Its daemon is a node that is down.</summary>
    public bool DaemonDown { get; init; }

    /// <summary>It was put off before, to let another come first.</summary>
    public bool WasPutOff { get; init; }
}
