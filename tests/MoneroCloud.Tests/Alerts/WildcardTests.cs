using System.Text.RegularExpressions;
using CsCheck;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class WildcardTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("*", "", true)]
    [InlineData("*", "host-1.main", true)]
    [InlineData("host-1", "host-1", true)]
    [InlineData("host-1", "host-12", false)]
    [InlineData("host-*", "host-", true)]
    [InlineData("*.main", "host-1.main", true)]
    [InlineData("*.main", "host-1.main-2", false)]
    [InlineData("host-1.*", "host-1", false)]
    [InlineData("a*b*c", "aXbXbXc", true)]
    [InlineData("a*b*c", "aXcXb", false)]
    [InlineData("HOST", "host", false)]
    [InlineData("h.st", "host", false)]
    public void Only_a_star_stands_for_something_else(string pattern, string text, bool expected) => Assert.Equal(expected, Wildcard.Fits(pattern, text));

    [Fact]
    public void It_says_what_the_regular_expression_of_the_same_meaning_says()
    {
        var fits = 0;
        Gen.Select(Chars("ab.*"), Chars("ab.")).Sample(
            (pattern, text) =>
            {
                var expected = Regex.IsMatch(text, $@"\A{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}\z", RegexOptions.Singleline);
                fits += expected ? 1 : 0;
                return Wildcard.Fits(pattern, text) == expected;
            },
            iter: 20_000,
            threads: 1);
        Assert.InRange(fits, 1_000, 19_000); // Both are tried.
    }

    /// <summary>A regular expression of this kind takes the age of the universe.</summary>
    [Fact]
    public void No_pattern_takes_long() => Assert.False(Wildcard.Fits(string.Concat(Enumerable.Repeat("a*", 50)) + "b", new string('a', 5_000)));

    private static Gen<string> Chars(string alphabet) => Gen.Int[0, alphabet.Length - 1].Array[0, 8].Select(a => string.Concat(a.Select(i => alphabet[i])));
}
