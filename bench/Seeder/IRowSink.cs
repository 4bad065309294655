using MoneroCloud.Functions;

namespace MoneroCloud.Bench.Seeder;

/// <summary>An empty store that is being filled.</summary>
internal interface IRowSink : IAsyncDisposable
{
    /// <summary>Rows written so far.</summary>
    long Rows { get; }

    /// <summary>Of their texts.</summary>
    long Characters { get; }

    /// <param name="rows">Each of another row.</param>
    Task PutAsync(IEnumerable<RowChange> rows);
}
