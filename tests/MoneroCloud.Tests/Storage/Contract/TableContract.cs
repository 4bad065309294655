using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Storage;

/// <summary>What every table promises, whatever it is made of. Each test has a new, prepared one.</summary>
public abstract partial class TableContract : IAsyncLifetime
{
    private ITable? _table;

    private protected static Shard Shard { get; } = new(3);

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected ITable Table => _table!;

    public async ValueTask InitializeAsync()
    {
        _table = NewTable(new TableOptions());
        await _table.PrepareAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A way to this test's own table; the first one finds it missing.</summary>
    private protected abstract ITable NewTable(TableOptions options);

    /// <summary>From now on the store takes no commit, until this is disposed.</summary>
    private protected abstract Task<IAsyncDisposable> RefuseAsync();

    private protected abstract ValueTask CloseAsync();

    private protected static RowKey Key(string key) => new(Shard, key);

    private protected static Row RowOf(string key, string doc = "{}", string? version = null) => new() { Key = Key(key), Doc = doc, Version = version };

    private protected static RowChange.Insert Insert(string key, string doc = "{}") => new(RowOf(key, doc));

    private protected static RowChange.Put Put(string key, string doc = "{}") => new(RowOf(key, doc));

    private protected Task<CommitResult> CommitAsync(params RowChange[] changes) => Table.CommitAsync(changes, Cancellation);

    /// <summary>Writes one row and returns its version.</summary>
    private protected async Task<string> StoreAsync(RowChange change) =>
        Assert.IsType<CommitResult.Committed>(await CommitAsync(change)).Versions[change.Key];

    private protected Task<Row?> ReadAsync(string key) => Table.ReadAsync(Key(key), Cancellation);

    private protected async Task<string[]> KeysAsync(KeyRange range, int most = 10_000) =>
        await Table.RangeAsync(Shard, range, most, Cancellation).Select(row => row.Key.Key).ToArrayAsync(Cancellation);

    private protected static async Task LostAsync(Task<CommitResult> commit, string key) =>
        Assert.Equal(Key(key), Assert.IsType<CommitResult.Lost>(await commit).Key);
}
