using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class StartUpMemoryTests
{
    private const string Code = "55d0c0000000-55d0c0400000 r-xp 00001000 fe:00 123456                     /usr/bin/monerocloud";
    private const string Constants = "7f0000000000-7f0000001000 r--p 00000000 fe:00 7 /a folder/lib.so (deleted)";

    private static readonly FileMapping Program = Mapping(0x55d0c0000000, 0x55d0c0400000, "/usr/bin/monerocloud");
    private static readonly FileMapping Library = Mapping(0x7f0000000000, 0x7f0000001000, "/a folder/lib.so (deleted)");

    [Fact]
    public void Code_and_constants_from_a_file_can_be_let_go_of() => Assert.Equal(
        [Program, Library],
        FileMapping.Unwritten([.. Smap(Code), .. Smap(Constants)]));

    [Theory]
    [InlineData(4, 0)]
    [InlineData(0, 4)]
    public void What_was_written_to_since_is_kept(int anonymous, int swapped) => Assert.Equal(
        [Library],
        FileMapping.Unwritten([.. Smap(Code, anonymous, swapped), .. Smap(Constants)]));

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
    public void Nothing_else_is_touched(string line) => Assert.Empty(FileMapping.Unwritten(Smap(line)));

    [Fact]
    public void Of_this_very_process_its_libraries_are_found_and_its_data_is_not()
    {
        var lines = File.ReadAllLines("/proc/self/smaps");

        var found = FileMapping.Unwritten(lines).ToList();

        Assert.Contains(found, m => m.File.EndsWith("/libcoreclr.so", StringComparison.Ordinal));
        var writable = lines.Where(l => l.Contains(" rw-p ", StringComparison.Ordinal)).Select(l => l.Split('-')[0]).ToHashSet();
        Assert.DoesNotContain(found, m => writable.Contains(m.Start.ToString("x8", null)));
    }

    [Fact]
    public void Letting_go_of_it_does_no_harm() => Assert.True(StartUpMemory.Release() >= 0);

    private static FileMapping Mapping(long start, long end, string file) => new((nuint)start, (nuint)end, file);

    private static string[] Smap(string head, int anonymous = 0, int swapped = 0) =>
        [head, "Size:               4096 kB", "Rss:                 768 kB", $"Anonymous:        {anonymous,6} kB", $"Swap:             {swapped,6} kB", "VmFlags: rd ex mr mw me"];
}
