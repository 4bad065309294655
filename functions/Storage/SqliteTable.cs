using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace MoneroCloud.Functions;

/// <summary>
/// The table in one SQLite file: one writer, up to four readers beside it. The file is opened, and made where it is missing, at the first call.
/// What is committed is on the disk (WAL, synchronous=FULL): it survives kill -9, and a power loss where the disk keeps what it has confirmed.
/// </summary>
internal sealed class SqliteTable(string file, TableOptions options, TimeProvider time) : ITable, IAsyncDisposable
{
    private const int Readers = 4;
    private const int PageRows = 250;

    private readonly SqliteFile _file = new(file, options);
    private readonly SemaphoreSlim _writing = new(1);
    private readonly SemaphoreSlim _reading = new(Readers);
    private readonly Stack<SqliteReader> _idle = new();
    private readonly Lock _idleLock = new();
    private SqliteWriter? _writer;
    private volatile bool _prepared;
    private int _disposed;

    public Task PrepareAsync(CancellationToken cancellationToken) => WriteAsync(_ => _prepared = true, cancellationToken);

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken) => ReadAsync(reader => reader.Read(key), cancellationToken);

    public IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) =>
        ListAsync(shard, range, null, most, cancellationToken);

    public IAsyncEnumerable<Row> DueAsync(
        Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        ListAsync(shard, range, until, most, cancellationToken);

    public Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) =>
        CommitBounds.Check(changes) is { } tooLarge
            ? Task.FromResult<CommitResult>(tooLarge)
            : WriteAsync(writer => writer.Commit(changes), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _writing.WaitAsync();
        CloseWriter_NeedsLock();
        for (var i = 0; i < Readers; i++)
        {
            await _reading.WaitAsync();
        }

        while (TakeIdle() is { } reader)
        {
            reader.Dispose();
        }

        _writing.Dispose();
        _reading.Dispose();
    }

    // In pages, so that no reader is held, and no checkpoint held up, while the caller works on a row.
    private async IAsyncEnumerable<Row> ListAsync(
        Shard shard, KeyRange range, DateTimeOffset? due, int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var rest = StoredRange.Of(range);
        while (most > 0)
        {
            var wanted = Math.Min(most, PageRows);
            var page = await ReadAsync(reader => reader.Page(shard, rest, due, wanted), cancellationToken);
            foreach (var row in page)
            {
                yield return row;
            }

            if (page.Count < wanted)
            {
                yield break;
            }

            most -= wanted;
            // The next text there can be.
            rest = rest with { From = KeyText.Write(page[^1].Key.Key) + '\0' };
        }
    }

    private async Task<T> WriteAsync<T>(Func<SqliteWriter, T> work, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(options, time, cancellationToken);
        return await RunAsync(_writing, () => Write_NeedsLock(work), deadline);
    }

    private T Write_NeedsLock<T>(Func<SqliteWriter, T> work)
    {
        try
        {
            _writer ??= new SqliteWriter(_file.OpenForWriting());
            return work(_writer);
        }
        catch
        {
            // Whatever state it is in: the next call opens the file anew.
            CloseWriter_NeedsLock();
            throw;
        }
    }

    private async Task<T> ReadAsync<T>(Func<SqliteReader, T> work, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(options, time, cancellationToken);
        if (!_prepared)
        {
            await RunAsync(_writing, () => Write_NeedsLock(_ => _prepared = true), deadline);
        }

        return await RunAsync(_reading, () => Read(work), deadline);
    }

    private T Read<T>(Func<SqliteReader, T> work)
    {
        var reader = TakeIdle() ?? new SqliteReader(_file.OpenForReading());
        try
        {
            var result = work(reader);
            lock (_idleLock)
            {
                _idle.Push(reader);
            }

            return result;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private SqliteReader? TakeIdle()
    {
        lock (_idleLock)
        {
            return _idle.TryPop(out var reader) ? reader : null;
        }
    }

    // What has begun is not ended by the caller's token, and keeps its place until it has ended, even where the caller no longer waits.
    private async Task<T> RunAsync<T>(SemaphoreSlim places, Func<T> work, Deadline deadline)
    {
        try
        {
            await places.WaitAsync(deadline.Token);
            var begun = Task.Run(
                () =>
                {
                    try
                    {
                        return work();
                    }
                    finally
                    {
                        places.Release();
                    }
                },
                CancellationToken.None);
            return await begun.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsStore)
        {
            throw deadline.Exceeded(_file.Path);
        }
        catch (SqliteException exception) when (SqliteFailures.Describe(_file.Path, exception) is { } reason)
        {
            throw new StorageUnavailableException(reason);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException($"{_file.Path}: {exception.Message}");
        }
    }

    private void CloseWriter_NeedsLock()
    {
        _writer?.Dispose();
        _writer = null;
    }
}
