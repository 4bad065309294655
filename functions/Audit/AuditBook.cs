using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Reads who did what, newest first: the lines lie with their subjects, in all shards.</summary>
internal sealed class AuditBook(ITable table, ILogger log)
{
    /// <summary>Lines of a shard, in one call.</summary>
    public const int MostLookedThrough = 5_000;

    private readonly Action<UnreadableRowException> _skipped = UnreadableRows.To(log);

    /// <param name="subject">Null for all.</param>
    /// <param name="before">Only what is older; null from the newest on.</param>
    public async Task<AuditList> ReadAsync(string? subject, DateTimeOffset? before, int limit, CancellationToken cancellation)
    {
        var range = KeyRange.Prefix(Keys.AllAudit);
        if (before is { } time)
        {
            range = range with { From = Keys.AuditBefore(time) };
        }

        var shards = subject is null ? Shard.All : [Shard.Of(subject)];
        var parts = await Task.WhenAll(shards.Select(s => ReadAsync(s, range, subject, limit + 1, cancellation)));
        var all = parts.SelectMany(p => p.Found).OrderByDescending(a => a.At).Take(limit + 1).ToList();
        return new AuditList([.. all.Take(limit)]) { Next = all.Count > limit ? all[limit - 1].At : parts.Max(p => p.CutAt) };
    }

    /// <summary>Keys have no subject: for one, its shard is looked through until there are enough.</summary>
    /// <returns>And the time of the last line that was looked at, where there may be older ones behind it; else null.</returns>
    private async Task<(List<AuditView> Found, DateTimeOffset? CutAt)> ReadAsync(Shard shard, KeyRange range, string? subject, int most, CancellationToken cancellation)
    {
        var found = new List<AuditView>();
        var (looked, last) = (0, (DateTimeOffset?)null);
        await foreach (var row in table.RangeAsync(shard, range, subject is null ? most : MostLookedThrough, cancellation))
        {
            looked++;
            if (Documents.TryRead(row, MonitorJson.Default.AuditView, _skipped) is not { Value: var view })
            {
                continue;
            }

            last = view.At;
            if (subject is null || view.Subject == subject)
            {
                found.Add(view);
                if (found.Count == most)
                {
                    return (found, null);
                }
            }
        }

        return (found, looked == MostLookedThrough ? last : null);
    }
}
