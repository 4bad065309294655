using System.Diagnostics;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>
/// A pid that the kernel gives to another process, forced again and again in a pid namespace of its own: the stranger gets no signal of ours
/// and is never taken for the node. The test runs itself once more inside of the namespace, which only root may make.
/// </summary>
public sealed class PidReuseTests
{
    /// <summary>How many to force; set inside of the namespace alone.</summary>
    private const string InsideVariable = "MONEROCLOUD_TEST_PID_REUSES";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_stranger_with_the_pid_of_a_node_is_never_signalled() => OutsideAsync(200, nameof(Inside));

    [Fact]
    [Trait("Tier", "soak")]
    public Task Ten_thousand_strangers_with_the_pid_of_a_node_are_never_signalled() => OutsideAsync(10_000, nameof(Inside));

    /// <summary>Does nothing outside of a namespace that one of the two above has made.</summary>
    [Fact]
    public void Inside()
    {
        if (Environment.GetEnvironmentVariable(InsideVariable) is not { } count)
        {
            return;
        }

        var tally = new PidReuseRun().Run(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture), Cancellation);
        Console.WriteLine(tally);

        Assert.Equal(0, tally.Signalled);
        Assert.Equal(0, tally.TakenForTheNode);

        // The controls: what trusts the pid alone hits a stranger every time, and the start time beside it does not help often enough.
        Assert.Equal(tally.Reuses, tally.FooledByPid);
        Assert.InRange(tally.FooledByStartTime, 1, tally.Reuses);
    }

    private static async Task OutsideAsync(int reuses, string inside)
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root may make a pid namespace and choose pids in it");
        var start = new ProcessStartInfo("unshare")
        {
            ArgumentList = { "--pid", "--fork", "--kill-child", "--mount-proc", DotnetHost.File, typeof(PidReuseTests).Assembly.Location, "-noColor", "-noLogo", "-showLiveOutput", "-class", typeof(PidReuseTests).FullName!, "-method", $"{typeof(PidReuseTests).FullName}.{inside}" },
            Environment = { [TestRun.MarkVariable] = TestRun.Mark, [TestRun.FolderVariable] = TestRun.Folder, [InsideVariable] = $"{reuses}" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var run = Process.Start(start)!;
        var (output, error) = (run.StandardOutput.ReadToEndAsync(Cancellation), run.StandardError.ReadToEndAsync(Cancellation));
        await run.WaitForExitAsync(Cancellation);

        var said = await output + await error;
        Assert.True(run.ExitCode == 0, said);
        var tally = said.Split('\n').Single(l => l.Contains("forced pid reuses", StringComparison.Ordinal)).Trim();
        Assert.StartsWith($"{reuses} ", tally, StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper?.WriteLine(tally);
    }
}
