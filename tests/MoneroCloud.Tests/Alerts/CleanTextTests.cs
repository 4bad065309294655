using System.Globalization;
using System.Text;
using CsCheck;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Alerts;

public sealed class CleanTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("  a \r\n\t b\u2028c ", "a b c")]
    [InlineData("red \u001b[31mtext\u0007", "red [31mtext")]
    [InlineData("a\u202eb\u200b\u2066c", "abc")]
    [InlineData("", "")]
    public void It_is_one_line_of_what_can_be_read(string text, string expected) => Assert.Equal(expected, CleanText.Line(text, 100));

    [Fact]
    public void Half_a_character_is_shown_as_one_that_is_unknown() => Assert.Equal("a\ufffdb", CleanText.Line("a\ud800b", 100));

    [Theory]
    [InlineData("abcde", 5, "abcde")]
    [InlineData("abcdef", 5, "abcd…")]
    [InlineData("abc 😀x", 5, "abc…")]
    [InlineData("ab😀😀", 5, "ab😀…")]
    public void What_is_too_long_is_cut_at_a_whole_character(string text, int most, string expected) => Assert.Equal(expected, CleanText.Line(text, most));

    [Fact]
    public void Nothing_else_ever_comes_out() => Gen.Select(Gen.String[0, 60], Gen.Int[2, 40]).Sample(
        (text, most) =>
        {
            var line = CleanText.Line(text, most);
            return line.Length <= most && line == CleanText.Line(line, most)
                && line.EnumerateRunes().All(r => Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));
        },
        iter: 2_000);
}
