using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>One line of an incident's timeline.</summary>
public sealed record TimelineEntry
{
    /// <summary>The longest text, in characters; a longer one is cut.</summary>
    public const int LongestText = 1_000;

    /// <summary>An agent's clock for what its host saw, the monitor's for all else.</summary>
    public required DateTimeOffset At { get; init; }

    public required TimelineKind Kind { get; init; }

    /// <summary>One line, for people.</summary>
    public required string Text { get; init; }

    /// <summary>Who did it; null where nobody did.</summary>
    public string? By { get; init; }

    /// <summary>More lines: of a restart its reason and what it cost. Null for none.</summary>
    public ImmutableArray<string>? Details { get; init; }

    /// <summary>The alert's id; null for what is none.</summary>
    public string? Alert { get; init; }

    /// <summary>Over which the alert goes.</summary>
    public string? Channel { get; init; }

    public AlertStatus? Status { get; init; }
}
