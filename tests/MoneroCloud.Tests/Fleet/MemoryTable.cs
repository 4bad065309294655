using System.Collections.Immutable;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A table in memory, for tests that run thousands of times; it passes the contract of all tables.</summary>
internal sealed class MemoryTable : ITable
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Row>[] _shards = [.. Shard.All.Select(_ => new SortedDictionary<string, Row>(StringComparer.Ordinal))];
    private long _version;

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(_shards[key.Shard.Number].GetValueOrDefault(key.Key));
        }
    }

    public IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        lock (_lock)
        {
            return _shards[shard.Number].Where(r => IsIn(r.Key, range)).Select(r => r.Value).Take(most).ToArray().ToAsyncEnumerable();
        }
    }

    public IAsyncEnumerable<Row> DueAsync(Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        RangeAsync(shard, range, int.MaxValue, cancellationToken).Where(r => r.Due <= until).Take(most);

    public Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (CommitBounds.Check(changes) is { } tooLarge)
        {
            return Task.FromResult<CommitResult>(tooLarge);
        }

        lock (_lock)
        {
            var rows = _shards[changes[0].Key.Shard.Number];
            if (changes.FirstOrDefault(c => IsLost(c, rows.GetValueOrDefault(c.Key.Key))) is { } lost)
            {
                return Task.FromResult<CommitResult>(new CommitResult.Lost(lost.Key));
            }

            var version = $"{++_version}";
            foreach (var change in changes)
            {
                _ = change is RowChange.Merge { Parts: var parts } && rows.GetValueOrDefault(change.Key.Key) is { } found
                    ? rows[change.Key.Key] = found with { Version = version, Doc = RowParts.Merged(found.Doc, parts) }
                    : change.Written is { } row ? rows[change.Key.Key] = row with { Version = version, Due = row.Due?.ToUniversalTime() } : Removed(rows, change.Key.Key);
            }

            return Task.FromResult<CommitResult>(new CommitResult.Committed(
                changes.Where(c => c.Written is not null).Select(c => KeyValuePair.Create(c.Key, version)).ToImmutableDictionary()));
        }
    }

    private static Row? Removed(SortedDictionary<string, Row> rows, string key)
    {
        rows.Remove(key);
        return null;
    }

    private static bool IsIn(string key, KeyRange range) =>
        string.CompareOrdinal(key, range.From) >= 0 && (range.To is null || string.CompareOrdinal(key, range.To) < 0);

    private static bool IsLost(RowChange change, Row? found) => change switch
    {
        RowChange.Insert => found is not null,
        RowChange.Replace replace => found?.Version != replace.Row.Version,
        RowChange.Delete { Version: { } version } => found?.Version != version,
        _ => false,
    };
}
