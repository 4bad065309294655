using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// What operators do about an incident: each a compare-and-set of its row, read again and done again after a lost race, so that neither the
/// monitor's own changes nor another operator's are overwritten.
/// </summary>
internal sealed class IncidentWrites(Monitor monitor)
{
    /// <summary>Races that may be lost.</summary>
    public const int Tries = 5;

    /// <summary>For how long an incident may be acknowledged.</summary>
    public static readonly TimeSpan ShortestAck = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan UsualAck = TimeSpan.FromHours(4);
    public static readonly TimeSpan LongestAck = TimeSpan.FromDays(30);

    private readonly IncidentBook _book = new(monitor.Table, monitor.Logs.CreateLogger<IncidentBook>());

    /// <summary>Nobody is reminded of it until then; one that is acknowledged already is so anew.</summary>
    public Task<IncidentWritten> AcknowledgeAsync(string id, string by, DateTimeOffset until, string? comment, CancellationToken cancellation) =>
        ChangeAsync(id, (open, now) => (IncidentFold.Acknowledged(open, new Acknowledgement(by, now, until, comment)), null), cancellation);

    /// <summary>It is looked at again when it would have been without.</summary>
    public Task<IncidentWritten> UnacknowledgeAsync(string id, string by, CancellationToken cancellation) => ChangeAsync(
        id,
        (open, now) => open.IsAcknowledged(now) ? (IncidentFold.AcknowledgementEnded(open, now, by), null) : (null, "nobody has acknowledged it, or his time is over"),
        cancellation);

    /// <summary>Over, also where the subject still fails: a new one is opened only when it fails anew. Its causes say what was still wrong.</summary>
    public Task<IncidentWritten> ResolveAsync(string id, string by, string? comment, CancellationToken cancellation) => ChangeAsync(
        id,
        (open, now) => (IncidentFold.Resolved(open, now, $"by hand{Still(open)}{(comment is null ? "" : $": {comment}")}", by) with { Causes = open.Causes }, null),
        cancellation);

    /// <param name="change">The incident as it is to be, with one more action; or null, and why there is nothing to do.</param>
    private async Task<IncidentWritten> ChangeAsync(string id, Func<Incident, DateTimeOffset, (Incident? Next, string? Why)> change, CancellationToken cancellation)
    {
        IncidentAction? written = null;
        for (var tries = 0; ; tries++)
        {
            if (await _book.FindAsync(id, cancellation) is not { } found)
            {
                return new IncidentWritten.Missing();
            }

            if (written is not null && found.Value.Actions.Contains(written))
            {
                return new IncidentWritten.Done(found.Value); // Ours, though the answer to the write was lost.
            }

            if (found.Value.State != IncidentState.Open)
            {
                return new IncidentWritten.Over(found.Value);
            }

            if (tries == Tries)
            {
                return new IncidentWritten.Raced();
            }

            var now = monitor.Now;
            var (next, why) = change(found.Value, now);
            if (next is null)
            {
                return new IncidentWritten.Needless(why!);
            }

            written = next.Actions[^1];
            IEnumerable<RowChange> rows = next.State == IncidentState.Open ? [IncidentRows.Changed(found, next, monitor.Policy.Rules, now)] : IncidentRows.Closed(found, next);
            if (await monitor.Table.CommitAsync([.. rows], cancellation) is CommitResult.Committed)
            {
                return new IncidentWritten.Done(next);
            }
        }
    }

    private static string Still(Incident open) => open.Causes.IsEmpty ? "" : $", while this was still wrong: {string.Join(", ", open.Causes)}";
}
