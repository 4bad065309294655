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
        var view = new HistoryViewBuilder(subject, limit);
        await foreach (var row in table.RangeAsync(Shard.Of(subject), before is { } from ? range with { From = from.After(subject) } : range, limit + 1, cancellation))
        {
            view.Add(row.Key.Key, Documents.TryRead(row, CoreJson.Default.HistoryEntry, _skipped)?.Value);
        }

        return view.Build(whole: true);
    }
}
