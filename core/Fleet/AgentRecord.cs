using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>An agent as the monitor keeps it. Settable, so that what a stored text leaves out keeps its default.</summary>
public sealed record AgentRecord
{
    public required NodeName Name { get; set; }

    /// <summary>The agent's public keys as JWK texts: one, or two while a key is being replaced.</summary>
    public required ImmutableArray<string> Keys { get; set; }

    /// <summary>Until then the second of <see cref="Keys"/> counts too; null where there is none.</summary>
    public DateTimeOffset? OldKeyUntil { get; set; }

    /// <summary>RFC 7638 thumbprints of the monitor's keys by which it takes orders, by its newest report; empty where it did not tell.</summary>
    public ImmutableArray<string> Trusts { get; set; } = [];

    public required DateTimeOffset EnrolledAt { get; set; }

    /// <summary>The role that enrolled it.</summary>
    public required string EnrolledBy { get; set; }

    /// <summary>The epoch of its newest report; 0 before the first.</summary>
    public long Epoch { get; set; }

    /// <summary>The number of its newest report within that epoch.</summary>
    public long Report { get; set; }

    /// <summary>All its events up to here are stored: what an ack says.</summary>
    public EventPosition Stored { get; set; }

    /// <summary>When the event at <see cref="Stored"/> happened, by the agent's clock: another time under the same number is another event.</summary>
    public DateTimeOffset? StoredEventAt { get; set; }

    /// <summary>When its newest report was made, by its own clock; null before the first.</summary>
    public DateTimeOffset? ReportedAt { get; set; }

    /// <summary>When it arrived, by the monitor's clock.</summary>
    public DateTimeOffset? ReceivedAt { get; set; }

    public int PeriodSeconds { get; set; } = 60;

    public string? Version { get; set; }

    /// <summary>The nodes it declares.</summary>
    public ImmutableArray<NodeName> Names { get; set; } = [];

    /// <summary>Null while it reports.</summary>
    public DateTimeOffset? SilentSince { get; set; }

    /// <summary>When its last silence ended, by the monitor's clock; null before the first did.</summary>
    public DateTimeOffset? SpokeAgainAt { get; set; }

    /// <summary>What of its past has arrived so far, while there is more of it; null else.</summary>
    public LateTelling? Late { get; set; }

    /// <summary>When the last ack was sent.</summary>
    public DateTimeOffset? AckedAt { get; set; }

    /// <summary>The keys by which a message of its is believed at <paramref name="now"/>, as JWK texts.</summary>
    public ImmutableArray<string> ValidKeys(DateTimeOffset now) => Keys.Length > 1 && !(OldKeyUntil > now) ? Keys[..1] : Keys;

    /// <summary>Its newest report; the default before the first.</summary>
    public ReportNumber Place() => new(Epoch, Report);

    /// <summary>
    /// The report numbers events anew that are stored with other contents: the agent's host was restored from a snapshot. Of what was dropped
    /// from a spool only the number is the same.
    /// </summary>
    public bool IsRolledBack(Report report) =>
        StoredEventAt is { } at && report.Events.FirstOrDefault(e => e.Position == Stored) is { Fact: not NodeFact.Lost } again && again.At != at;

    /// <summary>How far its clock is ahead of the monitor's, as the last report showed it; the way of the report included.</summary>
    public TimeSpan Skew() => ReportedAt is { } made && ReceivedAt is { } came ? made - came : TimeSpan.Zero;

    /// <summary>It has said nothing for three of its periods, at <paramref name="now"/>. Before its first report, since it was enrolled.</summary>
    public bool IsSilent(DateTimeOffset now, int periods) =>
        now - (ReceivedAt ?? EnrolledAt) > TimeSpan.FromSeconds((double)PeriodSeconds * periods);
}
