using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Storage;

public sealed class BatchWriterTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 100).Select(i => $"n|{i:d3}")];

    [Fact]
    public async Task Without_a_race_a_hundred_rows_are_one_commit() => Assert.Equal([100], await CommitsAsync(new ScriptedTable([])));

    [Fact]
    public async Task The_rest_is_sent_again_at_once_with_the_row_that_was_made_again() =>
        Assert.Equal([100, 100, 100], await CommitsAsync(new ScriptedTable(["n|042", "n|007"])));

    [Fact]
    public async Task After_three_refusals_a_batch_is_halved() =>
        Assert.Equal([100, 100, 100, 50, 50], await CommitsAsync(new ScriptedTable(["n|042", "n|007", "n|099"])));

    [Fact]
    public async Task Where_the_store_names_no_row_it_is_searched_by_halves() =>
        Assert.Equal([100, 50, 50, 25, 25], await CommitsAsync(new ScriptedTable([null, null])));

    [Fact]
    public async Task A_nameless_loser_that_never_wins_costs_only_itself()
    {
        var table = new ScriptedTable([], hopeless: "n|042");

        var outcome = await WriteAsync(table);

        Assert.Equal([new RowKey(new Shard(0), "n|042")], outcome.Lost);
        Assert.Equal(99, outcome.Written.Length);
        Assert.InRange(table.Commits.Count, 8, 20);
    }

    private static async Task<List<int>> CommitsAsync(ScriptedTable table)
    {
        Assert.Equal(100, (await WriteAsync(table)).Written.Length);
        return table.Commits;
    }

    private static Task<BatchOutcome> WriteAsync(ScriptedTable table) => new BatchWriter(table).WriteAsync(
        [.. Names.Select(name => Put(new RowKey(new Shard(0), name)))],
        (key, _) => Task.FromResult<RowChange?>(Put(key)),
        TestContext.Current.CancellationToken);

    private static RowChange.Put Put(RowKey key) => new(new Row { Key = key, Doc = "{}" });
}
