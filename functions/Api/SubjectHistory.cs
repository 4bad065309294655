using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What happened to a subject, page by page. A row that cannot be read hides no other.</summary>
internal sealed class SubjectHistory(ITable table, ILogger log)
{
    private readonly Action<UnreadableRowException> _skipped = UnreadableRows.To(log);

    /// <param name="before">Null: from the newest on.</param>
    public async Task<HistoryView> ReadAsync(string subject, HistoryCursor? before, int limit, CancellationToken cancellation)
    {
        var range = KeyRange.Prefix(Keys.HistoryOf(subject));
        var rows = new List<Row>();
        await foreach (var row in table.RangeAsync(Shard.Of(subject), before is { } from ? range with { From = from.After(subject) } : range, limit + 1, cancellation))
        {
            rows.Add(row);
        }

        return new HistoryView
        {
            Subject = subject,
            Entries = [.. rows.Take(limit).Select(r => Documents.TryRead(r, CoreJson.Default.HistoryEntry, _skipped)?.Value).OfType<HistoryEntry>()],
            Next = rows.Count > limit ? HistoryCursor.OfKey(subject, rows[limit - 1].Key.Key).ToString() : null,
        };
    }
}
