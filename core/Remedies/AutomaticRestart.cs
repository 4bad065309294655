namespace MoneroCloud.Core;

/// <summary>
/// The last restart of a node that the monitor ordered by itself, as the node's own record keeps it: what may be ordered next depends on it.
/// Times are the monitor's. Settable, so that what a stored text leaves out keeps its default.
/// </summary>
public sealed record AutomaticRestart
{
    /// <summary>An order that the agent has taken is over by then, though nobody told its end: an event was lost.</summary>
    private static readonly TimeSpan LongestCarrying = TimeSpan.FromHours(1);

    /// <summary>The order's own record has all of it.</summary>
    private const int LongestText = 300;

    /// <summary>An agent whose clock is behind may take an order so long after its end.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>The order's id.</summary>
    public required string Order { get; set; }

    /// <summary>The life that was meant.</summary>
    public required ProcessIdentity Identity { get; set; }

    public required Condition Condition { get; set; }

    /// <summary>Which one in a row this is, from 1.</summary>
    public int Try { get; set; } = 1;

    public required DateTimeOffset PlacedAt { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? TakenAt { get; set; }

    /// <summary>Null until its agent has told its end.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public OutcomeResult? Result { get; set; }

    /// <summary>The outcome in words.</summary>
    public string? Text { get; set; }

    /// <summary>It may still be carried out, or is.</summary>
    public bool IsInFlight(DateTimeOffset now) =>
        EndedAt is null && now < (TakenAt is { } taken ? taken + LongestCarrying : ExpiresAt + Skew);

    /// <summary>When it was over, at the latest; of one in flight, when it will be.</summary>
    public DateTimeOffset OverAt() => EndedAt ?? (TakenAt is { } taken ? taken + LongestCarrying : ExpiresAt + Skew);

    /// <summary>What the agent told of it; the same told twice changes nothing.</summary>
    internal AutomaticRestart Take(NodeFact fact, DateTimeOffset now) => fact switch
    {
        NodeFact.OrderTaken taken when taken.Order == Order && TakenAt is null => this with { TakenAt = now },
        NodeFact.OrderEnded ended when ended.Order == Order && EndedAt is null => this with { EndedAt = now, Result = ended.Outcome.Result, Text = Short(ended.Outcome.Text) },
        NodeFact.OrderRefused refused when refused.Order == Order && EndedAt is null => this with { EndedAt = now, Result = OutcomeResult.Refused, Text = Short(refused.Reason) },
        _ => this,
    };

    private static string Short(string text) => text.Length <= LongestText ? text : text[..LongestText];
}
