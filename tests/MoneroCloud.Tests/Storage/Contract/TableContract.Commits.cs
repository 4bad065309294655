using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Storage;

public abstract partial class TableContract
{
    private const string AwkwardText = """{"a":"it's \"quoted\"; drop table MoneroState; -- % _ \u0001 ä € 😀","b":[1,2]}""" + "\n\r\t";

    [Fact]
    public async Task A_row_is_read_as_it_was_written()
    {
        var row = RowOf("n|alpha.main-node", AwkwardText) with
        {
            Pid = int.MaxValue,
            Worked = false,
            WorkedData = AwkwardText,
            Due = new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.FromHours(2)).AddTicks(1_234_567),
        };

        var version = await StoreAsync(new RowChange.Insert(row));

        var read = await ReadAsync("n|alpha.main-node");
        Assert.Equal(row with { Version = version }, read);
        Assert.Equal(TimeSpan.Zero, read!.Due!.Value.Offset);
    }

    [Fact]
    public async Task A_row_that_is_written_over_keeps_nothing_of_the_old_one()
    {
        await StoreAsync(new RowChange.Put(RowOf("a") with { Pid = 7, Worked = true, WorkedData = "{}", Due = DateTimeOffset.UnixEpoch }));

        var version = await StoreAsync(Put("a", "[]"));

        Assert.Equal(RowOf("a", "[]", version), await ReadAsync("a"));
    }

    [Fact]
    public async Task What_is_not_there_is_read_as_nothing()
    {
        Assert.Null(await ReadAsync("a"));
        Assert.Empty(await KeysAsync(KeyRange.All));
    }

    [Fact]
    public async Task A_replacement_needs_the_version_that_is_there()
    {
        var first = await StoreAsync(Insert("a", "1"));
        var second = await StoreAsync(new RowChange.Replace(RowOf("a", "2", first)));

        await LostAsync(CommitAsync(new RowChange.Replace(RowOf("a", "3", first))), "a");

        Assert.NotEqual(first, second);
        Assert.Equal(RowOf("a", "2", second), await ReadAsync("a"));
    }

    [Fact]
    public async Task What_exists_is_not_inserted()
    {
        var version = await StoreAsync(Insert("a", "1"));

        await LostAsync(CommitAsync(Insert("a", "2")), "a");

        Assert.Equal(RowOf("a", "1", version), await ReadAsync("a"));
    }

    [Fact]
    public async Task What_is_gone_is_neither_replaced_nor_removed_by_its_version()
    {
        var version = await StoreAsync(Insert("a"));
        await CommitAsync(new RowChange.Delete(Key("a"), version));

        await LostAsync(CommitAsync(new RowChange.Replace(RowOf("a", "2", version))), "a");
        await LostAsync(CommitAsync(new RowChange.Delete(Key("a"), version)), "a");

        Assert.Null(await ReadAsync("a"));
    }

    [Fact]
    public async Task A_removal_by_an_old_version_removes_nothing()
    {
        var old = await StoreAsync(Put("a"));
        await StoreAsync(Put("a"));

        await LostAsync(CommitAsync(new RowChange.Delete(Key("a"), old)), "a");

        Assert.NotNull(await ReadAsync("a"));
    }

    [Fact]
    public async Task A_row_made_again_has_none_of_its_old_versions()
    {
        var first = await StoreAsync(Insert("a", "1"));
        await CommitAsync(new RowChange.Delete(Key("a")));
        await StoreAsync(Insert("a", "2"));

        await LostAsync(CommitAsync(new RowChange.Replace(RowOf("a", "3", first))), "a");
    }

    [Fact]
    public async Task Writing_and_removing_without_a_version_can_be_repeated()
    {
        for (var i = 0; i < 2; i++)
        {
            Assert.IsType<CommitResult.Committed>(await CommitAsync(Put("a"), new RowChange.Delete(Key("b")), Put("c")));
            Assert.Empty(Assert.IsType<CommitResult.Committed>(await CommitAsync(new RowChange.Delete(Key("a")))).Versions);
        }

        Assert.Equal(["c"], await KeysAsync(KeyRange.All));
    }

    [Fact]
    public async Task A_commit_with_many_absent_rows_to_remove_does_the_rest()
    {
        await StoreAsync(Put("r050"));
        var removals = Enumerable.Range(0, 99).Select(i => new RowChange.Delete(Key($"r{i:d3}")));

        var result = await CommitAsync([.. removals, Insert("n", "1")]);

        Assert.Equal([Key("n")], Assert.IsType<CommitResult.Committed>(result).Versions.Keys);
        Assert.Equal(["n"], await KeysAsync(KeyRange.All));
    }

    [Fact]
    public async Task One_lost_race_undoes_the_whole_commit_and_is_named()
    {
        var a = await StoreAsync(Insert("a", "1"));
        var b = await StoreAsync(Insert("b", "1"));
        await StoreAsync(Put("b", "2"));

        await LostAsync(
            CommitAsync(Insert("c"), new RowChange.Replace(RowOf("a", "3", a)), new RowChange.Replace(RowOf("b", "3", b)), Put("d")), "b");

        Assert.Equal(["a", "b"], await KeysAsync(KeyRange.All));
        Assert.Equal(RowOf("a", "1", a), await ReadAsync("a"));
    }

    [Fact]
    public async Task A_hundred_rows_are_one_commit()
    {
        var rows = Enumerable.Range(0, 100).Select(i => Insert($"n|{i:d3}", $"{i}")).ToArray<RowChange>();

        var committed = Assert.IsType<CommitResult.Committed>(await CommitAsync(rows));

        Assert.Equal(100, committed.Versions.Count);
        Assert.Equal(RowOf("n|042", "42", committed.Versions[Key("n|042")]), await ReadAsync("n|042"));
    }

    [Fact]
    public async Task What_is_no_commit_is_a_bug()
    {
        RowChange elsewhere = new RowChange.Put(new Row { Key = new RowKey(new Shard(4), "a"), Doc = "{}" });

        await Assert.ThrowsAnyAsync<ArgumentException>(() => CommitAsync());
        await Assert.ThrowsAnyAsync<ArgumentException>(() => CommitAsync([.. Enumerable.Range(0, 101).Select(i => Put($"{i}"))]));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => CommitAsync(Put("a"), elsewhere));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => CommitAsync(Put("a"), new RowChange.Delete(Key("a"))));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => CommitAsync(new RowChange.Replace(RowOf("a"))));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => CommitAsync(new RowChange.Put(RowOf("a") with { Due = DateTimeOffset.MinValue })));
        Assert.Empty(await KeysAsync(KeyRange.All));
    }

    [Theory]
    [InlineData('x')]
    [InlineData('"')]
    [InlineData('€')]
    public async Task The_largest_texts_are_stored_and_a_character_more_is_refused(char filler)
    {
        var largest = new string(filler, Row.MaxText);
        var row = RowOf("a", largest) with { WorkedData = largest };
        var version = await StoreAsync(new RowChange.Insert(row));

        var doc = await CommitAsync(Put("b"), Put("c", largest + filler));
        var workedData = await CommitAsync(new RowChange.Put(row with { WorkedData = largest + filler }));

        Assert.Equal(new CommitResult.TooLarge(Key("c"), Row.MaxText + 1, Row.MaxText), doc);
        Assert.Equal(new CommitResult.TooLarge(Key("a"), Row.MaxText + 1, Row.MaxText), workedData);
        Assert.Equal(row with { Version = version }, await ReadAsync("a"));
        Assert.Null(await ReadAsync("b"));
    }

    [Theory]
    [InlineData('"')]
    [InlineData('€')]
    public async Task The_largest_commit_is_stored_and_a_character_more_is_refused(char filler)
    {
        const int Each = CommitBounds.MaxText / CommitBounds.MaxRows;
        var key = new string('k', 500);
        var rows = Enumerable.Range(0, CommitBounds.MaxRows).Select(i => Put($"{key}{i:d3}", new string(filler, Each))).ToArray<RowChange>();
        Assert.IsType<CommitResult.Committed>(await CommitAsync(rows));

        rows[^1] = Put($"{key}099", new string(filler, Each + 1));

        Assert.Equal(new CommitResult.TooLarge(rows[^1].Key, CommitBounds.MaxText + 1, CommitBounds.MaxText), await CommitAsync(rows));
    }
}
