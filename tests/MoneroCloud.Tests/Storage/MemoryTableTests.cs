using MoneroCloud.Functions;

namespace MoneroCloud.Tests.Storage;

/// <summary>The table that stands in for a store in other tests keeps the same promises, but for outages, which it has none of.</summary>
public sealed class MemoryTableTests : TableContract
{
    private readonly MemoryTable _table = new();
    private bool _refused;

    private protected override ITable NewTable(TableOptions options) => new TableOutages(_table, () => _refused);

    private protected override Task<IAsyncDisposable> RefuseAsync()
    {
        _refused = true;
        return Task.FromResult<IAsyncDisposable>(new End(this));
    }

    private protected override ValueTask CloseAsync() => ValueTask.CompletedTask;

    private sealed class End(MemoryTableTests tests) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            tests._refused = false;
            return ValueTask.CompletedTask;
        }
    }
}
