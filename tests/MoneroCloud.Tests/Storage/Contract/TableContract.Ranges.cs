using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Storage;

public abstract partial class TableContract
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_range_begins_with_its_first_key_and_ends_before_its_last()
    {
        await CommitAsync(Put("a"), Put("b"), Put("b|1"), Put("b}"), Put("c"), Put("B"));

        Assert.Equal(["b", "b|1", "b}"], await KeysAsync(new KeyRange("b", "c")));
        Assert.Equal(["b|1"], await KeysAsync(KeyRange.Prefix("b|")));
        Assert.Equal(["B", "a", "b", "b|1", "b}", "c"], await KeysAsync(KeyRange.All));
        Assert.Equal(["b|1", "b}", "c"], await KeysAsync(new KeyRange("b|", null)));
        Assert.Empty(await KeysAsync(KeyRange.Prefix("x")));
    }

    [Fact]
    public async Task A_range_is_of_one_shard()
    {
        var elsewhere = new Shard(15);
        await StoreAsync(Put("a"));
        await Table.CommitAsync([new RowChange.Put(new Row { Key = new RowKey(elsewhere, "b"), Doc = "{}" })], Cancellation);

        Assert.Equal(["a"], await KeysAsync(KeyRange.All));
        Assert.Equal(
            [new RowKey(elsewhere, "b")],
            await Table.RangeAsync(elsewhere, KeyRange.All, 10, Cancellation).Select(row => row.Key).ToArrayAsync(Cancellation));
        Assert.Null(await Table.ReadAsync(new RowKey(elsewhere, "a"), Cancellation));
    }

    [Fact]
    public async Task More_rows_than_a_page_holds_come_in_order_and_each_once()
    {
        const int Rows = 1_150;
        var names = Enumerable.Range(0, Rows).Select(i => $"n|{i:d4}").ToArray();
        foreach (var hundred in names.Reverse().Chunk(100))
        {
            Assert.IsType<CommitResult.Committed>(await CommitAsync([.. hundred.Select(name => Put(name))]));
        }

        Assert.Equal(names, await KeysAsync(KeyRange.All));
        Assert.Equal(names[..1_001], await KeysAsync(KeyRange.All, 1_001));
        Assert.Equal(names[100..101], await KeysAsync(new KeyRange(names[100], null), 1));
    }

    [Fact]
    public async Task A_row_of_a_range_is_the_row_that_is_read()
    {
        await StoreAsync(new RowChange.Put(RowOf("a", AwkwardText) with { Pid = 1, Worked = true, WorkedData = "{}", Due = Noon }));

        var listed = await Table.RangeAsync(Shard, KeyRange.All, 1, Cancellation).SingleAsync(Cancellation);

        Assert.Equal(await ReadAsync("a"), listed);
    }

    [Fact]
    public async Task History_by_reversed_ticks_is_listed_newest_first_and_removed_oldest_first()
    {
        var times = Enumerable.Range(0, 250).Select(i => Noon.AddSeconds(i)).ToArray();
        string KeyOf(DateTimeOffset time) => $"h|alpha.main|{ReversedTicks.Of(time)}|1.1";
        foreach (var hundred in times.Chunk(100))
        {
            await CommitAsync([.. hundred.Select(time => Put(KeyOf(time)))]);
        }

        await StoreAsync(Put("h|alpha.other|0"));
        var before = new KeyRange($"h|alpha.main|{ReversedTicks.Of(Noon.AddSeconds(200))}", KeyRange.Prefix("h|alpha.main|").To);

        Assert.Equal(times.Reverse().Take(3).Select(KeyOf), await KeysAsync(KeyRange.Prefix("h|alpha.main|"), 3));
        Assert.Equal(201, await Retention.RemoveAsync(Table, Shard, before, 1_000, Cancellation));
        Assert.Equal(0, await Retention.RemoveAsync(Table, Shard, before, 1_000, Cancellation));
        Assert.Equal(times.Reverse().Take(49).Select(KeyOf), await KeysAsync(KeyRange.Prefix("h|alpha.main|")));
        Assert.NotNull(await ReadAsync("h|alpha.other|0"));
    }

    [Fact]
    public async Task Only_rows_that_are_due_are_found_due()
    {
        RowChange.Put Due(string key, DateTimeOffset? due) => new(RowOf(key) with { Due = due });
        await CommitAsync(
            Due("o|a", Noon.AddMilliseconds(1)), Due("o|b", Noon), Due("o|c", null), Due("o|d", Noon.AddDays(-1)), Due("p|e", Noon), Due("o|f", Noon));

        Assert.Equal(["o|b", "o|d", "o|f"], await DueAsync(KeyRange.Prefix("o|"), Noon, 10));
        Assert.Equal(["o|b", "o|d"], await DueAsync(KeyRange.Prefix("o|"), Noon.ToOffset(TimeSpan.FromHours(5)), 2));
        Assert.Equal(["o|a", "o|b", "o|d", "o|f", "p|e"], await DueAsync(KeyRange.All, Noon.AddMilliseconds(1), 10));
        Assert.Empty(await DueAsync(KeyRange.All, Noon.AddDays(-2), 10));
    }

    private async Task<string[]> DueAsync(KeyRange range, DateTimeOffset until, int most) =>
        await Table.DueAsync(Shard, range, until, most, Cancellation).Select(row => row.Key.Key).ToArrayAsync(Cancellation);
}
