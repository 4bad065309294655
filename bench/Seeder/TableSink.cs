using System.Globalization;
using MoneroCloud.Functions;

namespace MoneroCloud.Bench.Seeder;

/// <summary>A table of what speaks Azure Table Storage's protocol, in commits as the monitor makes them.</summary>
internal sealed class TableSink(AzureTable table) : IRowSink
{
    private const int AtOnce = 4;

    public long Rows { get; private set; }

    public long Characters { get; private set; }

    public static async Task<TableSink> OpenAsync(string connection)
    {
        var options = new TableOptions { Deadline = TimeSpan.FromMinutes(1) };
        var table = new AzureTable(AzureTableClients.Of(connection, options), options, TimeProvider.System);
        await table.PrepareAsync(CancellationToken.None);
        return new TableSink(table);
    }

    public async Task PutAsync(IEnumerable<RowChange> rows)
    {
        foreach (var part in rows.Chunk(100_000))
        {
            var commits = part.GroupBy(r => r.Key.Shard).SelectMany(s => s.Chunk(CommitBounds.MaxRows)).ToList();
            await Parallel.ForEachAsync(commits, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (commit, cancellation) =>
            {
                if (await table.CommitAsync(commit, cancellation) is not CommitResult.Committed)
                {
                    throw new InvalidOperationException("a commit was refused");
                }
            });
            Rows += part.Length;
            Characters += part.Sum(r => (long)CommitBounds.Length(r) + r.Key.Key.Length);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Rows} rows"));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
