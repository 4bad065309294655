using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Storage;

public abstract partial class TableContract
{
    [Fact]
    public async Task Any_number_of_rows_is_written_in_batches()
    {
        var outcome = await WriteAsync([.. Enumerable.Range(0, 250).Select(i => Insert($"n|{i:d3}"))], NotAgain);

        Assert.Equal(250, outcome.Written.Length);
        Assert.Equal(250, outcome.Versions.Count);
        Assert.Equal(250, (await KeysAsync(KeyRange.All)).Length);
        Assert.Empty((await WriteAsync([], NotAgain)).Written);
    }

    [Fact]
    public async Task Of_a_hundred_rows_the_one_that_lost_its_race_is_made_again_and_all_are_stored()
    {
        var rows = await HundredRowsAsync();
        await StoreAsync(Put("n|042", "other"));
        var asked = new List<RowKey>();

        var outcome = await WriteAsync(
            [.. rows.Select(row => new RowChange.Replace(row with { Doc = "new" }))],
            async (key, cancellationToken) =>
            {
                asked.Add(key);
                var row = (await Table.ReadAsync(key, cancellationToken))!;
                return new RowChange.Replace(row with { Doc = row.Doc + ", new" });
            });

        Assert.Equal([Key("n|042")], asked);
        Assert.Equal(100, outcome.Written.Length);
        Assert.Empty(outcome.Lost);
        Assert.Equal(RowOf("n|042", "other, new", outcome.Versions[Key("n|042")]), await ReadAsync("n|042"));
        Assert.Equal(99, await Table.RangeAsync(Shard, KeyRange.All, 1_000, Cancellation).CountAsync(row => row.Doc == "new", Cancellation));
    }

    [Fact]
    public async Task A_row_that_loses_every_race_holds_up_no_other()
    {
        var rows = await HundredRowsAsync();
        var stale = rows[7];
        await StoreAsync(Put(stale.Key.Key, "other"));
        var asked = 0;

        var outcome = await WriteAsync(
            [.. rows.Select(row => new RowChange.Replace(row with { Doc = "new" }))],
            (_, _) =>
            {
                asked++;
                return Task.FromResult<RowChange?>(new RowChange.Replace(stale));
            });

        Assert.Equal([stale.Key], outcome.Lost);
        Assert.Equal(BatchWriter.MaxRaces - 1, asked);
        Assert.Equal(99, outcome.Written.Length);
        Assert.Equal("other", (await ReadAsync(stale.Key.Key))!.Doc);
    }

    [Fact]
    public async Task All_rows_may_lose_at_once()
    {
        var rows = await HundredRowsAsync();
        await CommitAsync([.. rows.Select(row => Put(row.Key.Key, "other"))]);

        var outcome = await WriteAsync(
            [.. rows.Select(row => new RowChange.Replace(row with { Doc = "new" }))],
            async (key, cancellationToken) => new RowChange.Replace((await Table.ReadAsync(key, cancellationToken))! with { Doc = "newer" }));

        Assert.Equal(100, outcome.Written.Length);
        Assert.Equal(100, await Table.RangeAsync(Shard, KeyRange.All, 1_000, Cancellation).CountAsync(row => row.Doc == "newer", Cancellation));
    }

    [Fact]
    public async Task What_need_not_be_written_any_more_and_what_is_too_large_is_told()
    {
        await StoreAsync(Put("a"));

        var outcome = await WriteAsync([Insert("a"), Put("b", new string('x', Row.MaxText + 1)), Insert("c")], NotAgain);

        Assert.Equal([Key("a")], outcome.Dropped);
        Assert.Equal([Key("b")], outcome.TooLarge);
        Assert.Equal([Key("c")], outcome.Written);
    }

    [Fact]
    public async Task Large_rows_go_in_smaller_batches()
    {
        var outcome = await WriteAsync([.. Enumerable.Range(0, 30).Select(i => Put($"n|{i:d2}", new string('"', Row.MaxText)))], NotAgain);

        Assert.Equal(30, outcome.Written.Length);
        Assert.Empty(outcome.TooLarge);
    }

    private async Task<Row[]> HundredRowsAsync()
    {
        await CommitAsync([.. Enumerable.Range(0, 100).Select(i => Insert($"n|{i:d3}", "old"))]);
        return await Table.RangeAsync(Shard, KeyRange.All, 100, Cancellation).ToArrayAsync(Cancellation);
    }

    private Task<BatchOutcome> WriteAsync(RowChange[] changes, Func<RowKey, CancellationToken, Task<RowChange?>> again) =>
        new BatchWriter(Table).WriteAsync(changes, again, Cancellation);

    private static Task<RowChange?> NotAgain(RowKey key, CancellationToken cancellationToken) => Task.FromResult<RowChange?>(null);
}
