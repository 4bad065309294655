using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>An incident as the API shows it, without what was done about it: that is its timeline.</summary>
public sealed record IncidentView
{
    public required string Id { get; init; }

    /// <summary>A node's id, an agent's name, or <c>monitor</c>.</summary>
    public required string Subject { get; init; }

    public required IncidentState State { get; init; }

    /// <summary>The worst that it had.</summary>
    public required AlertSeverity Severity { get; init; }

    public required string Title { get; init; }

    /// <summary>The explanation of the last thing that was to be told.</summary>
    public required string Text { get; init; }

    public Condition? Condition { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>What is wrong, a word each; of one that was resolved by hand: what was still wrong.</summary>
    public required ImmutableArray<string> Causes { get; init; }

    public ImmutableSortedDictionary<string, string>? Labels { get; init; }

    /// <summary>The node that is its daemon.</summary>
    public string? Daemon { get; init; }

    /// <summary>When an alert of it was last given to the channels; null while nobody was told.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>The channels that were ever told.</summary>
    public required ImmutableArray<string> ToldTo { get; init; }

    public required int Reminders { get; init; }

    /// <summary>Who sees to it; null where nobody does, or his time is over.</summary>
    public Acknowledgement? Acknowledged { get; init; }

    /// <summary>What hides it; null while nothing does.</summary>
    public Hold? Held { get; init; }

    public static IncidentView Of(Incident incident, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return new IncidentView
        {
            Id = incident.Id,
            Subject = incident.Subject,
            State = incident.State,
            Severity = incident.Severity,
            Title = incident.Title,
            Text = incident.Text,
            Condition = incident.Condition,
            OpenedAt = incident.OpenedAt,
            ResolvedAt = incident.ResolvedAt,
            Causes = incident.Causes,
            Labels = incident.Labels,
            Daemon = incident.Daemon?.ToString(),
            ToldAt = incident.ToldAt,
            ToldTo = incident.ToldTo,
            Reminders = incident.Reminders,
            Acknowledged = incident.IsAcknowledged(incident.ResolvedAt ?? now) ? incident.Acknowledged : null,
            Held = incident.State == IncidentState.Open ? incident.Held : null,
        };
    }
}
