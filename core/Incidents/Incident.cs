using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace MoneroCloud.Core;

/// <summary>
/// What is wrong with one subject, from its first failing transition to its recovery; a subject has at most one that is open. Its history, its orders
/// and deliveries are kept where they are and shown beside it. Settable, so that what a stored text leaves out keeps its default.
/// </summary>
public sealed record Incident
{
    /// <summary>Actions that are kept: the first half stays, then the oldest go.</summary>
    public const int MostActions = 60;

    /// <summary>25 hexadecimal digits, the first of which says where it is stored.</summary>
    public required string Id { get; set; }

    /// <summary>A node's id, an agent's name, or <c>monitor</c>.</summary>
    public required string Subject { get; set; }

    public required DateTimeOffset OpenedAt { get; set; }

    /// <summary>The worst that it had.</summary>
    public required AlertSeverity Severity { get; set; }

    /// <summary>What is wrong, in one line, as it was told first.</summary>
    public required string Title { get; set; }

    /// <summary>The explanation of the last thing that was to be told.</summary>
    public required string Text { get; set; }

    public Condition? Condition { get; set; }

    public IncidentState State { get; set; }

    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>What is wrong at present, a word each: <c>outage</c>, <c>silent</c>, <c>doubt</c>, <c>configuration</c>. The incident ends with the last.</summary>
    public ImmutableArray<string> Causes { get; set; } = [];

    public ImmutableSortedDictionary<string, string>? Labels { get; set; }

    /// <summary>The node that is its daemon; null when it has none or the monitor does not know it.</summary>
    public NodeId? Daemon { get; set; }

    /// <summary>When an alert of it was last given to the channels; null while nobody was told.</summary>
    public DateTimeOffset? ToldAt { get; set; }

    /// <summary>The worst severity that was given to the channels.</summary>
    public AlertSeverity ToldSeverity { get; set; }

    /// <summary>The channels that were ever told.</summary>
    public ImmutableArray<string> ToldTo { get; set; } = [];

    public int Reminders { get; set; }

    /// <summary>Null while nobody has seen to it.</summary>
    public Acknowledgement? Acknowledged { get; set; }

    /// <summary>What hides it; null while nothing does.</summary>
    public Hold? Held { get; set; }

    /// <summary>Oldest first.</summary>
    public ImmutableArray<IncidentAction> Actions { get; set; } = [];

    /// <summary>The first digit is that of the subject's own hash, by which its rows are found.</summary>
    public static string IdOf(string subject, DateTimeOffset openedAt, string detail) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)))[..1]
        + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{subject}\n{openedAt.UtcTicks}\n{detail}")).AsSpan(0, 12));

    public bool IsAcknowledged(DateTimeOffset now) => Acknowledged is { } ack && now < ack.Until;
}
