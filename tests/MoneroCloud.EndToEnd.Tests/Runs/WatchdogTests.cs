using System.Diagnostics;
using System.Globalization;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.Runs;

[Trait("RunsAs", "NonRoot")]
public sealed class WatchdogTests
{
    private const int LeftBehind = 3;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_runner_leaves_no_process_and_no_folder()
    {
        await using var run = await DummyRun.StartAsync(
            """
            mkdir -p "$FOLDER/closed/inner" && chmod 0500 "$FOLDER/closed"
            sleep 1000 & child=$!
            setsid sleep 1001 & session=$!
            until [ "$(cat /proc/$session/comm)" = sleep ]; do :; done
            sleep 1002 & stopped=$!
            until [ "$(cat /proc/$stopped/comm)" = sleep ]; do :; done
            kill -STOP $stopped
            bash -c 'trap "" TERM INT HUP; while :; do sleep 1003 & sleep 0.01; done' & forking=$!
            echo $child $session $stopped $forking
            read -r never
            """,
            Cancellation);
        var pids = Pids(await run.ReadLineAsync(Cancellation));

        run.KillRunner();
        var (code, report) = await run.WatchdogEndAsync(Cancellation);

        Assert.Equal(LeftBehind, code);
        Assert.All(pids, pid => Assert.False(IsRunning(pid), $"{pid} is still there"));
        Assert.All(pids.Take(3), pid => Assert.Contains($"left behind: {pid} sleep: sleep 100", report, StringComparison.Ordinal));
        Assert.False(Directory.Exists(run.Folder));
    }

    [Fact]
    public async Task A_runner_that_left_nothing_is_reported_clean()
    {
        await using var run = await DummyRun.StartAsync("sleep 0.01; echo x > $FOLDER/file; echo ready; read -r end", Cancellation);
        await run.ReadLineAsync(Cancellation);

        run.EndRunner();

        Assert.Equal((0, ""), await run.WatchdogEndAsync(Cancellation));
        Assert.False(Directory.Exists(run.Folder));
    }

    [Fact]
    public async Task A_runner_that_ended_well_is_told_what_it_left_behind()
    {
        await using var run = await DummyRun.StartAsync("sleep 1000 <&- >&- 2>&- & echo $!; read -r end", Cancellation);
        var left = await run.ReadLineAsync(Cancellation);

        run.EndRunner();

        Assert.Equal((LeftBehind, $"left behind: {left} sleep: sleep 1000\n"), await run.WatchdogEndAsync(Cancellation));
    }

    [Fact]
    public async Task A_process_of_another_run_survives()
    {
        await using var run = await DummyRun.StartAsync(
            $"""
            env -u {TestRun.MarkVariable} sleep 30 <&- >&- 2>&- & unmarked=$!
            {TestRun.MarkVariable}=x${TestRun.MarkVariable} sleep 30 <&- >&- 2>&- & other=$!
            echo $unmarked $other
            read -r end
            """,
            Cancellation);
        var pids = Pids(await run.ReadLineAsync(Cancellation));
        try
        {
            run.KillRunner();

            Assert.Equal((0, ""), await run.WatchdogEndAsync(Cancellation));
            Assert.All(pids, pid => Assert.True(IsRunning(pid), $"{pid} was ended"));
        }
        finally
        {
            foreach (var pid in pids)
            {
                Process.GetProcessById(pid).Kill();
            }
        }
    }

    private static int[] Pids(string line) => [.. line.Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture))];

    /// <summary>A zombie that waits for its new parent has ended.</summary>
    private static bool IsRunning(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
