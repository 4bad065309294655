using System.Diagnostics;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.Runs;

[Trait("RunsAs", "NonRoot")]
public sealed class TestRunTests
{
    [Fact]
    public async Task A_process_of_a_test_inherits_the_mark_and_the_folder()
    {
        using var child = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"echo ${TestRun.MarkVariable} ${TestRun.FolderVariable} $TMPDIR"])
        {
            RedirectStandardOutput = true,
        })!;

        var said = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"{TestRun.Mark} {TestRun.Folder} {TestRun.Folder}\n", said);
    }

    [Fact]
    public void Folders_of_one_name_differ_and_have_room_for_a_socket()
    {
        var first = TestRun.NewFolder("a-name-that-says-a-lot-about-its-test");
        var second = TestRun.NewFolder("a-name-that-says-a-lot-about-its-test");

        Assert.NotEqual(first, second);
        Assert.StartsWith(TestRun.Folder, first, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(first));
        Assert.True(first.Length < 90, first);
    }
}
