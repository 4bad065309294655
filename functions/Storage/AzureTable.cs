using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace MoneroCloud.Functions;

/// <summary>The table in Azure Table Storage, or in what speaks its protocol. A shard is a partition; a version is an ETag.</summary>
internal sealed class AzureTable(TableClient client, TableOptions options, TimeProvider time) : ITable
{
    private const int PageRows = 1000; // Azure's own bound

    private string Store => $"table {client.Name} of {client.AccountName}";

    public async Task PrepareAsync(CancellationToken cancellationToken) =>
        _ = await CallAsync<object?>(async token => await client.CreateIfNotExistsAsync(token), cancellationToken);

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken) => CallAsync(
        async token =>
        {
            var found = await client.GetEntityIfExistsAsync<TableEntity>($"{key.Shard}", KeyText.Write(key.Key), null, token);
            return found.HasValue ? AzureRow.Read(found.Value!, key.Shard) : null;
        },
        cancellationToken);

    public IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) =>
        ListAsync(shard, AzureRow.Filter(shard, range), most, cancellationToken);

    public IAsyncEnumerable<Row> DueAsync(
        Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        ListAsync(shard, AzureRow.Filter(shard, range, until), most, cancellationToken);

    public Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) =>
        CommitBounds.Check(changes) is { } tooLarge
            ? Task.FromResult<CommitResult>(tooLarge)
            : CallAsync(token => CommitAllAsync([.. changes], token), cancellationToken);

    private async IAsyncEnumerable<Row> ListAsync(
        Shard shard, string filter, int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        string? continuation = null;
        do
        {
            var wanted = Math.Min(most, PageRows);
            var from = continuation;
            var page = await CallAsync(token => PageAsync(filter, from, wanted, token), cancellationToken);
            foreach (var entity in page.Values.Take(most))
            {
                yield return AzureRow.Read(entity, shard);
            }

            most -= page.Values.Count;
            continuation = page.ContinuationToken;
        }
        while (most > 0 && continuation is not null);
    }

    private async Task<Page<TableEntity>> PageAsync(string filter, string? continuation, int rows, CancellationToken cancellationToken)
    {
        var pages = client.QueryAsync<TableEntity>(filter, rows, null, cancellationToken).AsPages(continuation);
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            return page;
        }

        throw new InvalidOperationException("a query without a page");
    }

    // Azure refuses a transaction with a removal of what is not there. Where that may be so, it is left out and the rest is sent again.
    private async Task<CommitResult> CommitAllAsync(ImmutableArray<RowChange> changes, CancellationToken cancellationToken)
    {
        while (!changes.IsEmpty)
        {
            try
            {
                var answers = await client.SubmitTransactionAsync(changes.Select(AzureRow.Action), cancellationToken);
                return Committed(changes, answers.Value);
            }
            catch (TableTransactionFailedException refused) when (AzureFailures.IsLostRace(refused))
            {
                var change = refused.FailedTransactionActionIndex is { } i && i < changes.Length ? changes[i] : null;
                if (change is not RowChange.Delete { Version: null })
                {
                    return new CommitResult.Lost(change?.Key);
                }

                changes = await WithoutAbsentAsync(changes.Remove(change), cancellationToken);
            }
        }

        return new CommitResult.Committed(ImmutableDictionary<RowKey, string>.Empty);
    }

    private async Task<ImmutableArray<RowChange>> WithoutAbsentAsync(ImmutableArray<RowChange> changes, CancellationToken cancellationToken)
    {
        var present = await Task.WhenAll(changes.Select(change => IsPresentAsync(change, cancellationToken)));
        return [.. changes.Where((_, i) => present[i])];
    }

    private async Task<bool> IsPresentAsync(RowChange change, CancellationToken cancellationToken) =>
        change is not RowChange.Delete { Version: null } ||
        (await client.GetEntityIfExistsAsync<TableEntity>(
            $"{change.Key.Shard}", KeyText.Write(change.Key.Key), AzureRow.KeyOnly, cancellationToken)).HasValue;

    private static CommitResult.Committed Committed(ImmutableArray<RowChange> changes, IReadOnlyList<Response> answers) => new(
        changes.Zip(answers)
            .Where(pair => pair.First.Written is not null)
            .ToImmutableDictionary(
                pair => pair.First.Key,
                pair => pair.Second.Headers.ETag?.ToString() ?? throw new InvalidOperationException("a write without an ETag")));

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(options, time, cancellationToken);
        try
        {
            return await call(deadline.Token);
        }
        catch (Exception exception) when (AzureFailures.IsTimeout(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw deadline.Exceeded(Store);
        }
        catch (Exception exception) when (AzureFailures.Describe(exception) is { } reason)
        {
            throw new StorageUnavailableException($"{Store}: {reason}");
        }
    }
}
