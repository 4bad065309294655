using System.Diagnostics;
using MoneroCloud.Agent;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Who else may write where the agent keeps whose orders it takes.</summary>
public sealed class StateFolderTests
{
    private readonly string _folder = Path.Combine(TestRun.NewFolder("state"), "state");

    [Fact]
    public void One_that_was_made_for_it_is_the_agents_alone_whatever_the_umask()
    {
        Assert.Null(StateFolder.Prepare(_folder));
        Assert.Null(StateFolder.Distrust(_folder));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(_folder) & (UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute));
    }

    [Theory]
    [InlineData("", UnixFileMode.GroupWrite)]
    [InlineData("", UnixFileMode.OtherWrite)]
    [InlineData("", UnixFileMode.OtherWrite | UnixFileMode.StickyBit)]
    [InlineData("logs", UnixFileMode.GroupWrite)]
    public void One_that_others_may_write_is_refused(string part, UnixFileMode more)
    {
        StateFolder.Prepare(_folder);
        var folder = Path.Combine(_folder, part);
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | more);

        var problem = StateFolder.Distrust(_folder);

        Assert.StartsWith($"{folder} can be written by group or others", problem, StringComparison.Ordinal);
        Assert.EndsWith($"chmod go-w {folder}", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("logs")]
    public async Task One_of_another_user_is_refused(string part)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root gives a folder away");
        StateFolder.Prepare(_folder);
        var folder = Path.Combine(_folder, part);
        using var chown = Process.Start("chown", ["65534", folder]);
        await chown.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith($"{folder} belongs to user 65534", StateFolder.Distrust(_folder), StringComparison.Ordinal);
    }
}
