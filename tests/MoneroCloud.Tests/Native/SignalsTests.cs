using System.Collections;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class SignalsTests
{
    /// <summary>In a program of its own: with SIGCHLD ignored here, the kernel would reap the children of every other test.</summary>
    [Fact]
    public void An_ignored_SIGCHLD_is_restored_before_it_costs_an_exit()
    {
        var method = $"{typeof(SignalsTests).FullName}.{nameof(Ignored_children_are_reaped_by_the_kernel_until_the_restore)}";
        string[] arguments = ["-explicit", "only", "-method", method];
        var program = Environment.ProcessPath!;
        var request = TestChild.Request(program, Path.GetFileName(program) == "dotnet" ? [typeof(SignalsTests).Assembly.Location, .. arguments] : arguments);
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(v => $"{v.Key}={v.Value}");
        using var child = TestChild.Start(request with { Environment = [.. environment] });
        var exit = child.Await();
        Assert.True(exit is ProcessExit.Exited(0), File.ReadAllText(child.Log));
        Assert.Contains("Total: 1", File.ReadAllText(child.Log), StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public void Ignored_children_are_reaped_by_the_kernel_until_the_restore()
    {
        TestNative.IgnoreChildren();
        using (var lost = TestChild.Sleeping())
        {
            lost.Kill();
            TestChild.AwaitExit(lost.PidFd);
            Assert.True(SpinWait.SpinUntil(() => lost.PidFd.IsReaped, TimeSpan.FromSeconds(10)));
        }

        Signals.RestoreChildDefault();
        using var child = TestChild.Bash("exit 3");
        TestChild.AwaitExit(child.PidFd);
        Assert.False(child.PidFd.IsReaped);
        Assert.Equal(new ProcessExit.Exited(3), Children.TryReap(child.PidFd));
    }
}
