using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class PidFdTests
{
    [Fact]
    public void A_pid_that_nobody_has_is_no_process()
    {
        Assert.False(PidFd.TryOpen(4_194_304, out var none, out var error));
        Assert.Null(none);
        Assert.Equal(Errno.NoProcess, error);
        Assert.Equal("No such process", error.ToString());
    }

    [Fact]
    public void A_living_process_takes_signals_and_a_reaped_one_does_not()
    {
        using var child = TestChild.Sleeping();
        Assert.False(child.PidFd.HasExited);
        Assert.Equal(Errno.None, child.PidFd.TrySignal(0));
        child.Kill();
        TestChild.AwaitExit(child.PidFd);
        Assert.True(child.PidFd.HasExited);
        Assert.False(child.PidFd.IsReaped);
        Assert.Equal(new ProcessExit.Killed(9), Children.TryReap(child.PidFd));
        Assert.True(child.PidFd.IsReaped);
        Assert.Equal(Errno.NoProcess, child.PidFd.TrySignal(Signals.Terminate));
    }

    [Fact]
    public void It_is_closed_on_exec()
    {
        using var child = TestChild.Sleeping();
        var flags = File.ReadAllLines($"/proc/self/fdinfo/{child.PidFd.Fd}").Single(l => l.StartsWith("flags:", StringComparison.Ordinal));
        Assert.EndsWith("2000002", flags, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 0", "code 0")]
    [InlineData("exit 255", "code 255")]
    [InlineData("kill -TERM $$", "signal 15")]
    [InlineData("kill -SEGV $$", "signal 11")]
    public void A_childs_exit_is_read_in_full(string script, string exit)
    {
        using var child = TestChild.Bash(script);
        Assert.Equal(exit, child.Await().ToString());
    }

    [Fact]
    public void A_running_child_has_no_exit()
    {
        using var child = TestChild.Sleeping();
        Assert.Null(Children.TryReap(child.PidFd));
    }
}
