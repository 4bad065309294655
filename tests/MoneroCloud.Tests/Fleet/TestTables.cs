using MoneroCloud.Functions;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests;

/// <summary>A table in memory, or a real file: what a test of the monitor runs over.</summary>
internal sealed class TestTables : IAsyncDisposable
{
    private TestTables(ITable table) => Table = table;

    public ITable Table { get; }

    public static async Task<TestTables> OpenAsync(bool sqlite)
    {
        ITable table = sqlite ? new SqliteTable(Path.Combine(TestRun.NewFolder("table"), "state.db"), new TableOptions(), TimeProvider.System) : new MemoryTable();
        await table.PrepareAsync(CancellationToken.None);
        return new TestTables(table);
    }

    public async ValueTask DisposeAsync()
    {
        if (Table is IAsyncDisposable file)
        {
            await file.DisposeAsync();
        }
    }
}
