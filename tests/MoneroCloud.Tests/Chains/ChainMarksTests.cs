using CsCheck;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Any two daemons have to find a block that both have told of, and never one at their tops.</summary>
public sealed class ChainMarksTests
{
    [Theory]
    [InlineData(1, "")]
    [InlineData(13, "")]
    [InlineData(14, "10")]
    [InlineData(24, "20 10")]
    [InlineData(1004, "1000 990 900")]
    [InlineData(3_210_006, "3210000 3209990 3209900 3209000")]
    [InlineData(3_210_589, "3210580 3210570 3210500 3210400 3210000 3209000")]
    public void The_marks_of_a_height(long height, string marks) => Assert.Equal(marks, string.Join(' ', ChainMarks.Heights(height)));

    [Fact]
    public void Chains_less_than_a_thousand_blocks_apart_share_a_mark_near_the_shorter_ones_top()
    {
        Gen.Select(Gen.Long[2_000, 5_000_000], Gen.Long[0, 999]).Sample(
            (height, longer) =>
            {
                var shared = ChainMarks.Heights(height).Intersect(ChainMarks.Heights(height + longer)).ToList();
                var allowed = longer switch { < 10 => 20, < 100 => 200, _ => 2_000 };
                return shared.Count > 0 && shared.Max() >= height - 1 - ChainMarks.Depth - allowed;
            },
            iter: 20_000);
    }

    [Fact]
    public void No_mark_is_among_the_uppermost_blocks_and_there_are_six_at_most() =>
        Gen.Long[1, 1_000_000_000].Sample(
            height => ChainMarks.Heights(height) is var marks && marks.Length <= 6 && marks.All(m => m > 0 && m <= height - 1 - ChainMarks.Depth) && marks.SequenceEqual(marks.OrderDescending()),
            iter: 20_000);
}
