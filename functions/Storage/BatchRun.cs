using System.Collections.Immutable;

namespace MoneroCloud.Functions;

/// <summary>One call of <see cref="BatchWriter"/>: what is left to send, and what became of the rest.</summary>
internal sealed class BatchRun(ITable table, Func<RowKey, CancellationToken, Task<RowChange?>> again)
{
    private readonly Queue<List<RowChange>> _batches = new();
    private readonly Dictionary<RowKey, int> _races = [];
    private readonly ImmutableArray<RowKey>.Builder _written = ImmutableArray.CreateBuilder<RowKey>();
    private readonly ImmutableDictionary<RowKey, string>.Builder _versions = ImmutableDictionary.CreateBuilder<RowKey, string>();
    private readonly ImmutableArray<RowKey>.Builder _lost = ImmutableArray.CreateBuilder<RowKey>();
    private readonly ImmutableArray<RowKey>.Builder _dropped = ImmutableArray.CreateBuilder<RowKey>();
    private readonly ImmutableArray<RowKey>.Builder _tooLarge = ImmutableArray.CreateBuilder<RowKey>();

    public async Task<BatchOutcome> RunAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
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

    private void Divide(IEnumerable<RowChange> changes)
    {
        var batch = new List<RowChange>();
        var length = 0;
        foreach (var change in changes)
        {
            var own = CommitBounds.Length(change);
            if (batch.Count == CommitBounds.MaxRows || (batch.Count > 0 && length + own > CommitBounds.MaxText))
            {
                _batches.Enqueue(batch);
                (batch, length) = ([], 0);
            }

            batch.Add(change);
            length += own;
        }

        _batches.Enqueue(batch);
    }

    private async Task SendAsync(List<RowChange> batch, CancellationToken cancellationToken)
    {
        for (var refusals = 0; batch.Count > 0; refusals++)
        {
            if (refusals == BatchWriter.MaxRefusals && batch.Count > 1)
            {
                Halve(batch);
                return;
            }

            switch (await table.CommitAsync(batch, cancellationToken))
            {
                case CommitResult.Committed committed:
                    _written.AddRange(batch.Select(change => change.Key));
                    _versions.AddRange(committed.Versions);
                    return;
                case CommitResult.TooLarge tooLarge:
                    Remove(batch, tooLarge.Key, _tooLarge);
                    break;
                case CommitResult.Lost { Key: { } key }:
                    await MakeAgainAsync(batch, key, cancellationToken);
                    break;
                case CommitResult.Lost when batch.Count == 1:
                    await MakeAgainAsync(batch, batch[0].Key, cancellationToken);
                    break;
                default: // It does not say which: look for it in smaller ones.
                    Halve(batch);
                    return;
            }
        }
    }

    private void Halve(List<RowChange> batch)
    {
        var half = batch.Count / 2;
        _batches.Enqueue(batch[..half]);
        _batches.Enqueue(batch[half..]);
    }

    private async Task MakeAgainAsync(List<RowChange> batch, RowKey key, CancellationToken cancellationToken)
    {
        var races = _races[key] = _races.GetValueOrDefault(key) + 1;
        if (races == BatchWriter.MaxRaces)
        {
            Remove(batch, key, _lost);
            return;
        }

        if (await again(key, cancellationToken) is not { } change)
        {
            Remove(batch, key, _dropped);
            return;
        }

        batch[batch.FindIndex(old => old.Key == key)] = change;
        if (batch.Sum(CommitBounds.Length) > CommitBounds.MaxText)
        {
            // It has grown: no fault of the others, so it goes alone.
            batch.Remove(change);
            _batches.Enqueue([change]);
        }
    }

    private static void Remove(List<RowChange> batch, RowKey key, ImmutableArray<RowKey>.Builder reason)
    {
        batch.RemoveAll(change => change.Key == key);
        reason.Add(key);
    }
}
