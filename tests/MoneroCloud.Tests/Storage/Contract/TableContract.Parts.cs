using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Storage;

public abstract partial class TableContract
{
    private const int Adders = 24;

    [Fact]
    public async Task Parts_add_up_to_one_document()
    {
        var first = await StoreAsync(Merge("a", ("h01", """{"up":1,"down":[1,2]}""")));
        await IsAsync("a", """{"h01":{"up":1,"down":[1,2]}}""");

        var second = await StoreAsync(Merge("a", ("h02", "\"it's \\\"quoted\\\" ä € 😀\""), ("h_3", "17")));

        Assert.NotEqual(first, second);
        Assert.Equal(second, (await ReadAsync("a"))!.Version);
        await IsAsync("a", """{"h01":{"up":1,"down":[1,2]},"h02":"it's \"quoted\" ä € 😀","h_3":17}""");
        await LostAsync(CommitAsync(new RowChange.Replace(RowOf("a", "{}", first))), "a");
    }

    [Fact]
    public async Task A_part_that_comes_again_is_put_in_place_of_the_old_one()
    {
        await StoreAsync(Merge("a", ("h01", """{"up":1,"down":2}"""), ("h02", "1")));
        await StoreAsync(Merge("a", ("h01", """{"up":3}""")));

        await IsAsync("a", """{"h01":{"up":3},"h02":1}""");
    }

    [Fact]
    public async Task Parts_leave_the_rest_of_a_row_as_it_was()
    {
        var row = RowOf("a", """{"h00":0,"h01":1,"Other":2}""") with { Pid = 7, Worked = true, WorkedData = "[]", Due = DateTimeOffset.UnixEpoch };
        await StoreAsync(new RowChange.Insert(row));

        var version = await StoreAsync(Merge("a", ("h01", "11"), ("h02", "2")));

        var read = await ReadAsync("a");
        await IsAsync("a", """{"h00":0,"h01":11,"Other":2,"h02":2}""");
        Assert.Equal(row with { Version = version }, read! with { Doc = row.Doc });
    }

    [Fact]
    public async Task A_row_that_is_written_over_keeps_no_part()
    {
        await StoreAsync(Merge("a", ("h01", "1")));

        var version = await StoreAsync(Put("a", """{"h02":2}"""));

        Assert.Equal(RowOf("a", """{"h02":2}""", version), await ReadAsync("a"));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("[1,2]")]
    [InlineData("")]
    public async Task What_is_no_object_holds_up_no_part(string doc)
    {
        await StoreAsync(Put("a", doc));
        await StoreAsync(Merge("a", ("h01", "1")));

        await IsAsync("a", """{"h01":1}""");
    }

    [Fact]
    public async Task A_lost_race_leaves_no_part_behind()
    {
        await StoreAsync(Merge("a", ("h01", "1")));

        await LostAsync(CommitAsync(Merge("a", ("h02", "2")), Merge("c", ("h02", "2")), new RowChange.Replace(RowOf("b", "{}", await StoreAsync(Put("x"))))), "b");

        await IsAsync("a", """{"h01":1}""");
        Assert.Null(await ReadAsync("c"));
    }

    [Fact]
    public async Task Rows_of_parts_are_listed_like_others()
    {
        await StoreAsync(Merge("p|1", ("h01", "1")));
        await StoreAsync(Put("p|2", "2"));
        await StoreAsync(Merge("p|3", ("h03", "3")));

        Assert.Equal(["""{"h01":1}""", "2", """{"h03":3}"""], await Table.RangeAsync(Shard, KeyRange.Prefix("p|"), 10, Cancellation).Select(r => r.Doc).ToArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Of_many_who_add_at_once_none_is_lost()
    {
        await Task.WhenAll(Enumerable.Range(0, Adders).Select(i => CommitAsync(Merge("a", (Name(i), "1")))));

        Assert.Equal(Adders, JsonNode.Parse((await ReadAsync("a"))!.Doc)!.AsObject().Count);
    }

    [Fact]
    public async Task Whoever_reads_and_writes_the_whole_instead_loses_some()
    {
        await StoreAsync(Put("a"));
        var read = (await ReadAsync("a"))!; // By all of them, before the first writes.
        foreach (var i in Enumerable.Range(0, Adders))
        {
            await CommitAsync(new RowChange.Put(read with { Doc = RowParts.Merged(read.Doc, [KeyValuePair.Create(Name(i), "1")]) }));
        }

        Assert.Single(JsonNode.Parse((await ReadAsync("a"))!.Doc)!.AsObject());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Doc")]
    [InlineData("h 1")]
    [InlineData("1h")]
    [InlineData("h'1")]
    [InlineData("odata.etag")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345")]
    public async Task What_is_no_name_of_a_part_is_a_bug(string name)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => CommitAsync(Merge("a", (name, "1"))));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => CommitAsync(Merge("a")));
        Assert.Null(await ReadAsync("a"));
    }

    [Fact]
    public async Task The_largest_part_is_stored_and_a_character_more_is_refused()
    {
        var largest = $"\"{new string('x', Row.MaxText - """{"h01":""}""".Length)}\"";
        await StoreAsync(Merge("a", ("h01", largest)));
        await StoreAsync(Merge("a", ("h02", largest)));

        Assert.Equal(new CommitResult.TooLarge(Key("a"), Row.MaxText + 1, Row.MaxText), await CommitAsync(Merge("a", ("h01", $"{largest} "))));
        await IsAsync("a", $$"""{"h01":{{largest}},"h02":{{largest}}}""");
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"h{number:00}");

    private static RowChange.Merge Merge(string key, params (string Name, string Text)[] parts) =>
        new(Key(key), parts.ToImmutableSortedDictionary(p => p.Name, p => p.Text, StringComparer.Ordinal));

    private async Task IsAsync(string key, string doc) => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(doc), JsonNode.Parse((await ReadAsync(key))!.Doc)), (await ReadAsync(key))!.Doc);
}
