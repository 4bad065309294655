using MoneroCloud.Functions;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests.Storage;

public sealed class SqliteTableTests : TableContract
{
    private readonly string _file = Path.Combine(TestRun.NewFolder("sqlite"), "state.db");
    private readonly List<SqliteTable> _tables = [];

    private protected override ITable NewTable(TableOptions options)
    {
        var table = new SqliteTable(_file, options, TimeProvider.System);
        _tables.Add(table);
        return table;
    }

    private protected override Task<IAsyncDisposable> RefuseAsync() => Task.FromResult<IAsyncDisposable>(SqliteLock.Take(_file));

    private protected override async ValueTask CloseAsync()
    {
        foreach (var table in _tables)
        {
            await table.DisposeAsync();
        }

        _tables.Clear();
    }
}
