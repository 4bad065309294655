using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Storage;

public sealed class RowKeyTests
{
    [Theory]
    [InlineData('k', 512)]
    [InlineData(' ', 170)]
    [InlineData('/', 170)]
    [InlineData('é', 102)]
    public void A_key_has_a_longest_length_by_its_written_form(char filler, int longest)
    {
        Assert.True(RowKey.IsAllowed(new string(filler, longest)));
        Assert.Equal(longest, new RowKey(new Shard(0), new string(filler, longest)).Key.Length);
        Assert.False(RowKey.IsAllowed(new string(filler, longest + 1)));
        Assert.Throws<ArgumentException>(() => new RowKey(new Shard(0), new string(filler, longest + 1)));
    }

    [Fact]
    public void An_empty_key_is_refused() => Assert.Throws<ArgumentException>(() => new RowKey(new Shard(0), ""));

    [Theory]
    [InlineData("", 14)]
    [InlineData("alpha.main-node", 6)]
    [InlineData("ä", 3)]
    public void A_subject_is_always_in_the_same_shard(string subject, int shard) => Assert.Equal(new Shard(shard), Shard.Of(subject));

    [Fact]
    public void There_are_sixteen_shards_and_subjects_are_in_all_of_them()
    {
        Assert.Equal("0123456789abcdef", string.Concat(Shard.All));
        Assert.Equal(Shard.Count, Enumerable.Range(0, 500).Select(i => Shard.Of($"alpha.n{i}")).Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shard(16));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shard(-1));
    }

    [Theory]
    [InlineData("n|", "n|", "n}")]
    [InlineData("a\uffff", "a\uffff", "b")]
    [InlineData("\uffff", "\uffff", null)]
    [InlineData("", "", null)]
    public void A_prefix_is_a_range(string prefix, string from, string? to) => Assert.Equal(new KeyRange(from, to), KeyRange.Prefix(prefix));

    [Fact]
    public void Reversed_ticks_become_smaller_and_keep_their_length()
    {
        var time = new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);
        Assert.True(string.CompareOrdinal(ReversedTicks.Of(time.AddTicks(1)), ReversedTicks.Of(time)) < 0);
        Assert.Equal(ReversedTicks.Of(time), ReversedTicks.Of(time.ToOffset(TimeSpan.FromHours(3))));
        Assert.Equal(19, ReversedTicks.Of(DateTimeOffset.MaxValue).Length);
        Assert.Equal(19, ReversedTicks.Of(DateTimeOffset.MinValue).Length);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(61)]
    public void A_deadline_has_bounds(double seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TableOptions { Deadline = TimeSpan.FromSeconds(seconds) });
}
