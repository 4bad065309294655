using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>Something that is wrong with a subject, as an incident takes it in.</summary>
internal sealed record Trouble
{
    public const string Outage = "outage";
    public const string Silent = "silent";
    public const string Doubt = "doubt";
    public const string Configuration = "configuration";

    public required string Subject { get; init; }

    /// <summary>One of the words above.</summary>
    public required string Cause { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required AlertSeverity Severity { get; init; }

    public required string Title { get; init; }

    public required string Text { get; init; }

    public Condition? Condition { get; init; }

    public ImmutableSortedDictionary<string, string>? Labels { get; init; }

    public NodeId? Daemon { get; init; }

    /// <summary>What tells of it instead; null when it is told by itself.</summary>
    public string? HeldBy { get; init; }

    /// <summary>Of what an alert tells.</summary>
    public static Trouble Of(Alert alert, string cause) => new()
    {
        Subject = alert.Subject,
        Cause = cause,
        Since = alert.At,
        Severity = alert.Severity,
        Title = alert.Title,
        Text = alert.Text,
        Condition = alert.Condition,
        Labels = alert.Labels,
        Daemon = alert.Daemon,
    };
}
