using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class StartUpMemoryTests
{
    [Theory]
    [InlineData("55d0c0000000-55d0c0400000 r-xp 00001000 fe:00 123456                     /usr/bin/monerocloud", 0x55d0c0000000, 0x55d0c0400000)]
    [InlineData("7f0000000000-7f0000001000 r-xp 00000000 fe:00 7 /a folder/lib.so (deleted)", 0x7f0000000000, 0x7f0000001000)]
    public void Code_from_a_file_can_be_let_go_of(string line, long start, long end)
    {
        Assert.True(StartUpMemory.TryParse(line, out var from, out var to));
        Assert.Equal(((nuint)start, (nuint)end), (from, to));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("55d0c0000000-55d0c0400000 r--p 00001000 fe:00 123456 /usr/bin/monerocloud")]
    [InlineData("55d0c0000000-55d0c0400000 rw-p 00001000 fe:00 123456 /usr/bin/monerocloud")]
    [InlineData("55d0c0000000-55d0c0400000 rwxp 00001000 fe:00 123456 /usr/bin/monerocloud")]
    [InlineData("7f0000000000-7f0000001000 r-xp 00000000 00:00 0")]
    [InlineData("7ffd00000000-7ffd00002000 r-xp 00000000 00:00 0                          [vdso]")]
    public void Nothing_else_is_touched(string line) => Assert.False(StartUpMemory.TryParse(line, out _, out _));

    [Fact]
    public void Letting_go_of_it_does_no_harm() => Assert.True(StartUpMemory.Release() >= 0);
}
