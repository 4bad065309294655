using System.Collections.Immutable;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests.Storage;

/// <summary>Stores nothing; refuses the first commits, each for the row that is named (or none).</summary>
/// <param name="hopeless">A row with which every commit is refused, without a name.</param>
internal sealed class ScriptedTable(IReadOnlyList<string?> losers, string? hopeless = null) : ITable
{
    /// <summary>How many rows each commit had.</summary>
    public List<int> Commits { get; } = [];

    public Task PrepareAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<Row> DueAsync(
        Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        Commits.Add(changes.Count);
        return Task.FromResult(Answer(changes));
    }

    private CommitResult Answer(IReadOnlyList<RowChange> changes)
    {
        if (Commits.Count <= losers.Count)
        {
            return new CommitResult.Lost(losers[Commits.Count - 1] is { } name ? new RowKey(new Shard(0), name) : null);
        }

        return changes.Any(change => change.Key.Key == hopeless)
            ? new CommitResult.Lost(null)
            : new CommitResult.Committed(changes.ToImmutableDictionary(change => change.Key, _ => "1"));
    }
}
