using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class UnusedMemoryTests
{
    private const ulong Present = 1UL << 63;
    private const ulong Swapped = 1UL << 62;
    private const ulong OfFile = 1UL << 61;

    [Theory]
    [InlineData("55d0c0000000-55d0c0400000 r-xp 00001000 fe:00 123456                     /usr/bin/monerocloud", 0x55d0c0000000, 0x55d0c0400000)]
    [InlineData("7f0000000000-7f0000001000 r--p 00000000 fe:00 7 /a folder/lib.so (deleted)", 0x7f0000000000, 0x7f0000001000)]
    public void Code_and_constants_from_a_file_are_found(string line, long start, long end)
    {
        var mapping = Assert.NotNull(FileMapping.OfLine(line));

        Assert.Equal(((nuint)start, (nuint)end), (mapping.Start, mapping.End));
        Assert.EndsWith(mapping.File, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("55d0c0000000-55d0c0400000 rw-p 00001000 fe:00 123456 /usr/bin/monerocloud")]
    [InlineData("55d0c0000000-55d0c0400000 rwxp 00001000 fe:00 123456 /usr/bin/monerocloud")]
    [InlineData("55d0c0000000-55d0c0400000 r--s 00001000 fe:00 123456 /usr/bin/monerocloud")]
    [InlineData("55d0c0400000-55d0c0000000 r-xp 00001000 fe:00 123456 /usr/bin/monerocloud")]
    [InlineData("7f0000000000-7f0000001000 r-xp 00000000 00:00 0")]
    [InlineData("7f0000000000-7f0000001000 r--p 00000000 00:00 0 ")]
    [InlineData("7ffd00000000-7ffd00002000 r-xp 00000000 00:00 0                          [vdso]")]
    public void Nothing_else_is_touched(string line) => Assert.Null(FileMapping.OfLine(line));

    [Fact]
    public void Only_resident_pages_of_the_file_are_let_go_of() => Assert.Equal(
        [1..3, 6..7],
        FilePages.Runs([0, Present | OfFile, Present | OfFile | 55, Present, Swapped | OfFile, OfFile, Present | OfFile]));

    [Fact]
    public void A_page_that_was_written_to_is_kept_whatever_lies_beside_it() => Assert.Equal([0..1, 2..3], FilePages.Runs([Present | OfFile, Present, Present | OfFile]));

    [Fact]
    public void Of_this_very_process_its_libraries_are_found() =>
        Assert.Contains(FileMapping.All(), m => m.File.EndsWith("/libcoreclr.so", StringComparison.Ordinal));

    [Fact]
    public void Letting_go_of_it_does_no_harm() => Assert.True(UnusedMemory.Release() >= 0);
}
