using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Reads the last orders about a subject.</summary>
internal sealed class OrderBook(ITable table, ILogger log)
{
    private readonly Action<UnreadableRowException> _skipped = UnreadableRows.To(log);

    /// <summary>Newest first; without checks. An order that is gone was kept for long enough; one that cannot be read hides no other.</summary>
    public async Task<List<OrderView>> OfAsync(string subject, int limit, CancellationToken cancellation)
    {
        var ids = new List<string>();
        await foreach (var placed in table.RangeAsync(Shard.Of(subject), KeyRange.Prefix(Keys.PlacedOf(subject)), limit, cancellation))
        {
            ids.Add(placed.Key.Key[(placed.Key.Key.LastIndexOf('|') + 1)..]);
        }

        return await OfAsync(ids, cancellation);
    }

    /// <summary>The same of those that somebody knows of.</summary>
    public async Task<List<OrderView>> OfAsync(IEnumerable<string> ids, CancellationToken cancellation) =>
        [.. (await Task.WhenAll(ids.Select(id => FindAsync(id, cancellation)))).OfType<OrderView>()]; // Side by side: over a network each is a wait.

    private async Task<OrderView?> FindAsync(string id, CancellationToken cancellation) =>
        Keys.Order(id) is { } key && await table.ReadAsync(key, cancellation) is { } row && Documents.TryRead(row, CoreJson.Default.OrderRecord, _skipped) is { Value: var order }
            ? OrderView.Of(order)
            : null;
}
