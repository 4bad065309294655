using System.Collections.Immutable;
using System.ComponentModel;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>One alert of a <see cref="WebhookMessage"/>.</summary>
internal sealed record WebhookAlert
{
    private const int LongestTitle = 200;
    private const int LongestLabel = 255;

    [Description("Of the alert: the same cause never makes a second one.")]
    public required string Id { get; init; }

    [Description("A node's id, an agent's name, or monitor.")]
    public required string Subject { get; init; }

    [Description("What it is about; members are added.")]
    public required AlertKind Kind { get; init; }

    public required AlertSeverity Severity { get; init; }

    [Description("When it happened.")]
    public required DateTimeOffset At { get; init; }

    [Description("One line.")]
    public required string Title { get; init; }

    [Description("The explanation, one line, cut when it is long.")]
    public required string Text { get; init; }

    [Description("What is wrong with a node, as docs/monitoring.md has it.")]
    public Condition? Condition { get; init; }

    [Description("How a node is.")]
    public HealthState? State { get; init; }

    [Description("The incident it belongs to: the same from the first trouble of a subject to its recovery.")]
    public string? Incident { get; init; }

    [Description("The agent it is about, itself or through a node.")]
    public string? Agent { get; init; }

    [Description("The node that is its daemon.")]
    public string? Daemon { get; init; }

    [Description("Labels of the node; left out where there are none, or too many to be told.")]
    public ImmutableSortedDictionary<string, string>? Labels { get; init; }

    [Description("Where the incident is shown.")]
    public string? Link { get; init; }

    /// <param name="labels">At most so many.</param>
    public static WebhookAlert Of(NoticeItem item, int longestText, int labels)
    {
        var alert = item.Alert;
        return new WebhookAlert
        {
            Id = alert.Id,
            Subject = CleanText.Line(alert.Subject, 100),
            Kind = alert.Kind,
            Severity = alert.Severity,
            At = alert.At,
            Title = CleanText.Line(alert.Title, LongestTitle),
            Text = CleanText.Line(alert.Text, longestText),
            Condition = alert.Condition,
            State = alert.State,
            Incident = alert.Incident,
            Agent = alert.Agent(),
            Daemon = alert.Daemon?.ToString(),
            Labels = alert.Labels is { Count: > 0 } all && all.Count <= labels ? Clean(all) : null,
            Link = item.Link?.AbsoluteUri,
        };
    }

    private static ImmutableSortedDictionary<string, string> Clean(ImmutableSortedDictionary<string, string> labels) => labels
        .Select(l => (Name: CleanText.Line(l.Key, LongestLabel), Value: CleanText.Line(l.Value, LongestLabel)))
        .DistinctBy(l => l.Name)
        .ToImmutableSortedDictionary(l => l.Name, l => l.Value, StringComparer.Ordinal);
}
