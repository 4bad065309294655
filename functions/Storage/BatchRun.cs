using System.Collections.Immutable;

namespace MoneroCloud.Functions;

/// <summary>One call of <see cref="BatchWriter"/>: what is left to send, and what became of the rest.</summary>
internal sealed class BatchRun(ITable table, Func<RowKey, CancellationToken, Task<IReadOnlyList<RowChange>?>> again)
{
    private readonly Queue<List<IReadOnlyList<RowChange>>> _batches = new();
    private readonly Dictionary<RowKey, int> _races = [];
    private readonly ImmutableArray<RowKey>.Builder _written = ImmutableArray.CreateBuilder<RowKey>();
    private readonly ImmutableDictionary<RowKey, string>.Builder _versions = ImmutableDictionary.CreateBuilder<RowKey, string>();
    private readonly ImmutableArray<RowKey>.Builder _lost = ImmutableArray.CreateBuilder<RowKey>();
    private readonly ImmutableArray<RowKey>.Builder _dropped = ImmutableArray.CreateBuilder<RowKey>();
    private readonly ImmutableArray<RowKey>.Builder _tooLarge = ImmutableArray.CreateBuilder<RowKey>();

    public async Task<BatchOutcome> RunAsync(IReadOnlyList<IReadOnlyList<RowChange>> changes, CancellationToken cancellationToken)
    {
        Divide(changes);
        while (_batches.TryDequeue(out var batch))
        {
            await SendAsync(batch, cancellationToken);
        }

        return new BatchOutcome
        {
            Written = _written.ToImmutable(),
            Versions = _versions.ToImmutable(),
            Lost = _lost.ToImmutable(),
            Dropped = _dropped.ToImmutable(),
            TooLarge = _tooLarge.ToImmutable(),
        };
    }

    private void Divide(IEnumerable<IReadOnlyList<RowChange>> changes)
    {
        var batch = new List<IReadOnlyList<RowChange>>();
        var (rows, length) = (0, 0);
        foreach (var change in changes)
        {
            var own = change.Sum(CommitBounds.Length);
            if (batch.Count > 0 && (rows + change.Count > CommitBounds.MaxRows || length + own > CommitBounds.MaxText))
            {
                _batches.Enqueue(batch);
                (batch, rows, length) = ([], 0, 0);
            }

            batch.Add(change);
            (rows, length) = (rows + change.Count, length + own);
        }

        _batches.Enqueue(batch);
    }

    private async Task SendAsync(List<IReadOnlyList<RowChange>> batch, CancellationToken cancellationToken)
    {
        for (var refusals = 0; batch.Count > 0; refusals++)
        {
            if (refusals == BatchWriter.MaxRefusals && batch.Count > 1)
            {
                Halve(batch);
                return;
            }

            switch (await table.CommitAsync([.. batch.SelectMany(rows => rows)], cancellationToken))
            {
                case CommitResult.Committed committed:
                    Note(batch, committed);
                    return;
                case CommitResult.TooLarge tooLarge:
                    Remove(batch, Of(batch, tooLarge.Key), _tooLarge);
                    break;
                case CommitResult.Lost { Key: { } key }:
                    await MakeAgainAsync(batch, Of(batch, key), cancellationToken);
                    break;
                case CommitResult.Lost when batch.Count == 1:
                    await MakeAgainAsync(batch, batch[0], cancellationToken);
                    break;
                default: // It does not say which: look for it in smaller ones.
                    Halve(batch);
                    return;
            }
        }
    }

    private void Note(List<IReadOnlyList<RowChange>> batch, CommitResult.Committed committed)
    {
        foreach (var key in batch.Select(rows => rows[0].Key))
        {
            _written.Add(key);
            if (committed.Versions.TryGetValue(key, out var version))
            {
                _versions[key] = version;
            }
        }
    }

    private void Halve(List<IReadOnlyList<RowChange>> batch)
    {
        var half = batch.Count / 2;
        _batches.Enqueue(batch[..half]);
        _batches.Enqueue(batch[half..]);
    }

    private async Task MakeAgainAsync(List<IReadOnlyList<RowChange>> batch, IReadOnlyList<RowChange> lost, CancellationToken cancellationToken)
    {
        var key = lost[0].Key;
        var races = _races[key] = _races.GetValueOrDefault(key) + 1;
        if (races == BatchWriter.MaxRaces)
        {
            Remove(batch, lost, _lost);
            return;
        }

        if (await again(key, cancellationToken) is not { } change)
        {
            Remove(batch, lost, _dropped);
            return;
        }

        batch[batch.IndexOf(lost)] = change;
        if (batch.Sum(rows => rows.Count) > CommitBounds.MaxRows || batch.Sum(rows => rows.Sum(CommitBounds.Length)) > CommitBounds.MaxText)
        {
            // It has grown: no fault of the others, so it goes alone.
            batch.Remove(change);
            _batches.Enqueue([change]);
        }
    }

    private static IReadOnlyList<RowChange> Of(List<IReadOnlyList<RowChange>> batch, RowKey key) => batch.First(rows => rows.Any(row => row.Key == key));

    private static void Remove(List<IReadOnlyList<RowChange>> batch, IReadOnlyList<RowChange> rows, ImmutableArray<RowKey>.Builder reason)
    {
        batch.Remove(rows);
        reason.Add(rows[0].Key);
    }
}
