using System.Collections.Concurrent;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests.Fleet;

/// <summary>A table on which commits lose their race as a test says, before anything is stored.</summary>
/// <param name="loses">A row, and which commit of it this is, from 1.</param>
internal sealed class LosingTable(ITable table, Func<RowKey, int, bool> loses) : PassingTable(table)
{
    private readonly ConcurrentDictionary<RowKey, int> _tries = new();
    private int _lost;

    /// <summary>How many rows each commit had that was stored.</summary>
    public ConcurrentQueue<int> Committed { get; } = [];

    /// <summary>Commits that lost.</summary>
    public int Lost => Volatile.Read(ref _lost);

    public override async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        var losers = changes.Select(c => c.Key).Where(k => loses(k, _tries.AddOrUpdate(k, 1, (_, n) => n + 1))).ToArray();
        if (losers.Length > 0)
        {
            Interlocked.Increment(ref _lost);
            return new CommitResult.Lost(losers[0]);
        }

        var result = await base.CommitAsync(changes, cancellationToken);
        if (result is CommitResult.Committed)
        {
            Committed.Enqueue(changes.Count);
        }

        return result;
    }
}
