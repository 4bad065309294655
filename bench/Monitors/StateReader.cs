namespace MoneroCloud.Bench;

/// <summary>Looks into a standalone monitor's database from outside, by Debian's sqlite3, read only.</summary>
internal sealed class StateReader(string stateFile) : IAsyncDisposable
{
    private readonly LineProcess sqlite = new(Nursery.Find("sqlite3"), "-readonly", "-batch", "-noheader", stateFile);

    /// <summary>The one value of the one row that a query gives; empty without a row.</summary>
    /// <param name="query">An expression, such as a sub-query in brackets: it gives one row in any case.</param>
    public Task<string> ValueAsync(string query, CancellationToken cancellation) => sqlite.AskAsync($"SELECT {query};", cancellation);

    public ValueTask DisposeAsync() => sqlite.DisposeAsync();
}
