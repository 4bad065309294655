using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class AdoptedExitTests
{
    /// <summary>Since Linux 6.15 a pidfd tells how its process ended, also when others reaped it.</summary>
    public static bool KernelTells => Environment.OSVersion.Version >= new Version(6, 15);

    [Theory]
    [InlineData(0, "code 0")]
    [InlineData(0x700, "code 7")]
    [InlineData(0xFF00, "code 255")]
    [InlineData(9, "signal 9")]
    [InlineData(0x8B, "signal 11")]
    public void A_wait_status_is_read_as_the_shell_reads_it(int status, string exit) =>
        Assert.Equal(exit, AdoptedExit.Decode(status).ToString());

    [Theory]
    [InlineData("exit 0", "code 0")]
    [InlineData("exit 7", "code 7")]
    [InlineData("kill -TERM $BASHPID", "signal 15")]
    public void The_exit_of_anothers_child_is_read_while_it_is_a_zombie(string end, string exit)
    {
        var gate = Path.Combine(TestRun.NewFolder("gate"), "open");
        using var parent = TestChild.Bash($"mkfifo {gate}; (read < {gate}; {end}) & echo $!; exec sleep 300");
        using var heir = new TestHeir(parent);
        var grandchild = heir.PidFd;
        File.WriteAllText(gate, "go\n");
        TestChild.AwaitExit(grandchild);
        Assert.Equal(exit, AdoptedExit.TryRead(grandchild).ToString());
        Assert.Equal(exit, Children.TryReap(grandchild)?.ToString());
        Assert.False(grandchild.IsReaped);
    }

    [Fact]
    public void The_exit_of_a_process_that_others_reaped_is_what_the_kernel_tells()
    {
        using var parent = TestChild.Bash("sleep 300 & echo $!; wait; exec sleep 300");
        using var heir = new TestHeir(parent);
        var grandchild = heir.PidFd;
        Assert.Equal(Errno.None, grandchild.TrySignal(Signals.Terminate));
        TestChild.AwaitExit(grandchild);
        SpinWait.SpinUntil(() => grandchild.IsReaped, TimeSpan.FromSeconds(10));
        Assert.Equal(KernelTells ? new ProcessExit.Killed(15) : new ProcessExit.Unknown(), AdoptedExit.TryRead(grandchild));
    }

    [Fact]
    public void A_process_that_runs_has_no_exit_to_read()
    {
        using var child = TestChild.Sleeping();
        Assert.Equal(new ProcessExit.Unknown(), AdoptedExit.TryRead(child.PidFd));
    }

    [Fact]
    public void Looking_at_a_zombie_of_ours_does_not_reap_it()
    {
        using var child = TestChild.Bash("exit 4");
        TestChild.AwaitExit(child.PidFd);
        Assert.Equal(new ProcessExit.Exited(4), AdoptedExit.TryRead(child.PidFd));
        Assert.Equal(new ProcessExit.Exited(4), Children.TryReap(child.PidFd));
    }
}
