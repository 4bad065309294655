using System.Text;
using MoneroCloud.Watchdog;
using Xunit;

namespace MoneroCloud.Tests.Runs;

public sealed class RunMarkTests
{
    private const string Value = "0123abcd";

    [Theory]
    [InlineData("MONEROCLOUD_TEST_RUN=0123abcd", true)]
    [InlineData("HOME=/\0MONEROCLOUD_TEST_RUN=0123abcd\0PATH=/bin\0", true)]
    [InlineData("HOME=/\0MONEROCLOUD_TEST_RUN=0123abcd\0", true)]
    [InlineData("MONEROCLOUD_TEST_RUN=0123abcdef\0", false)]
    [InlineData("MONEROCLOUD_TEST_RUN=0123abc\0", false)]
    [InlineData("MY_MONEROCLOUD_TEST_RUN=0123abcd\0", false)]
    [InlineData("ARGUMENT=MONEROCLOUD_TEST_RUN=0123abcd\0", false)]
    [InlineData("MONEROCLOUD_TEST_RUN\0000123abcd\0", false)]
    [InlineData("", false)]
    public void Only_the_whole_entry_is_the_mark(string environ, bool expected) =>
        Assert.Equal(expected, new RunMark(Value).IsIn(Encoding.UTF8.GetBytes(environ)));

    [Fact]
    public void No_two_marks_are_alike() => Assert.NotEqual(RunMark.New().Value, RunMark.New().Value);
}
