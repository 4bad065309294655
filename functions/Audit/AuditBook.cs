using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Reads who did what, newest first: the lines lie with their subjects, in all shards.</summary>
internal sealed class AuditBook(ITable table, ILogger log)
{
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
        var all = parts.SelectMany(p => p).OrderByDescending(a => a.At).Take(limit + 1).ToList();
        return new AuditList([.. all.Take(limit)]) { Next = all.Count > limit ? all[limit - 1].At : null };
    }

    /// <summary>Keys have no subject: for one, its shard is looked through until there are enough.</summary>
    private async Task<List<AuditView>> ReadAsync(Shard shard, KeyRange range, string? subject, int most, CancellationToken cancellation)
    {
        var found = new List<AuditView>();
        await foreach (var row in table.RangeAsync(shard, range, subject is null ? most : MostLookedThrough, cancellation))
        {
            if (Documents.TryRead(row, MonitorJson.Default.AuditView, _skipped) is { Value: var view } && (subject is null || view.Subject == subject))
            {
                found.Add(view);
                if (found.Count == most)
                {
                    break;
                }
            }
        }

        return found;
    }

    private const int MostLookedThrough = 5_000;
}
