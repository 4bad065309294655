using System.Globalization;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Storage;

public abstract partial class TableContract
{
    private const int Writers = 4;
    private const int Increments = 10;

    [Fact]
    public async Task Nothing_is_lost_when_several_count_at_once() => Assert.Equal(Writers * Increments, await CountAsync(Table));

    [Fact]
    public async Task Counting_without_versions_loses_some_so_the_count_would_show_it() =>
        Assert.True(await CountAsync(new TableWithoutVersions(Table, Writers)) < Writers * Increments);

    [Fact]
    public async Task One_of_several_wins_a_row()
    {
        var inserted = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => CommitAsync(Insert("a", $"{i}"))));
        var row = (await ReadAsync("a"))!;
        var replaced = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i =>
            CommitAsync(new RowChange.Replace(row with { Doc = $"{i}" }), Put($"only-{i}"))));

        Assert.Single(inserted.OfType<CommitResult.Committed>());
        Assert.Single(replaced.OfType<CommitResult.Committed>());
        Assert.Single(await KeysAsync(KeyRange.Prefix("only-")));
    }

    // Each writer by a way of its own, as instances of a cloud have it.
    private async Task<int> CountAsync(ITable table)
    {
        await StoreAsync(Put("counter", "0"));
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => IncrementAsync(table)));
        return int.Parse((await ReadAsync("counter"))!.Doc, CultureInfo.InvariantCulture);
    }

    private static async Task IncrementAsync(ITable table)
    {
        for (var done = 0; done < Increments;)
        {
            var row = (await table.ReadAsync(Key("counter"), Cancellation))!;
            var next = int.Parse(row.Doc, CultureInfo.InvariantCulture) + 1;
            var result = await table.CommitAsync([new RowChange.Replace(row with { Doc = $"{next}" })], Cancellation);
            done += result is CommitResult.Committed ? 1 : 0;
        }
    }
}
