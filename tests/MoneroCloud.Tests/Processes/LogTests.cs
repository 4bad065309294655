using System.Globalization;
using MoneroCloud.Agent;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class LogTests
{
    private readonly string _log = Path.Combine(TestRun.NewFolder("log"), "node.log");

    [Fact]
    public void The_tail_is_at_most_64_KiB_of_whole_lines()
    {
        File.WriteAllLines(_log, Enumerable.Range(0, 20_000).Select(i => $"line {i:d6}"));
        var tail = LogTail.Read(_log);
        Assert.InRange(tail.Length, LogTail.MaxSize - 20, LogTail.MaxSize);
        Assert.StartsWith("line ", tail, StringComparison.Ordinal);
        Assert.EndsWith("line 019999\n", tail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tail_of_one_life_leaves_out_the_lives_before()
    {
        File.WriteAllText(_log, "invalid password\n");
        var request = TestChild.Request("/bin/bash", "-c", "echo now") with { LogFile = _log };
        var started = Assert.IsType<SpawnResult.Started>(Spawner.Spawn(request));
        using var pidFd = started.PidFd;
        TestChild.AwaitExit(pidFd);
        _ = Children.TryReap(pidFd);
        Assert.Equal("now\n", LogTail.Read(_log, started.LogStart));
        Assert.Equal("", LogTail.Read(_log, new FileInfo(_log).Length));
        Assert.Equal("invalid password\nnow\n", LogTail.Read(_log, 1_000_000));
    }

    [Fact]
    public void A_log_that_is_not_there_has_no_tail() => Assert.Equal("", LogTail.Read("/no/such/log"));

    [Fact]
    public void A_small_log_is_left_alone()
    {
        File.WriteAllText(_log, "x");
        Assert.Equal(new LogRotationResult.NotNeeded(), LogRotation.RotateIfLarge(_log));
        Assert.Equal(new LogRotationResult.NotNeeded(), LogRotation.RotateIfLarge("/no/such/log"));
    }

    [Fact]
    public void Four_old_logs_are_kept_the_newest_first()
    {
        for (var i = 0; i < 7; i++)
        {
            File.WriteAllText(_log, $"log {i}");
            Assert.Equal(new LogRotationResult.Rotated(5), LogRotation.RotateIfLarge(_log, maxSize: 5));
            Assert.Equal(0, new FileInfo(_log).Length);
        }

        var kept = Directory.GetFiles(Path.GetDirectoryName(_log)!).Order().Select(f => Path.GetExtension(f) + "=" + File.ReadAllText(f));
        Assert.Equal([".log=", ".1=log 6", ".2=log 5", ".3=log 4", ".4=log 3"], kept);
    }

    [Fact]
    public void A_gap_among_the_old_logs_costs_none_of_those_behind_it()
    {
        File.WriteAllText(_log + ".2", "two");
        File.WriteAllText(_log + ".4", "four");
        File.WriteAllText(_log, "fresh");
        LogRotation.RotateIfLarge(_log, maxSize: 5);
        Assert.Equal(("fresh", "two", "four"), (File.ReadAllText(_log + ".1"), File.ReadAllText(_log + ".2"), File.ReadAllText(_log + ".4")));
    }

    [Fact]
    public void A_child_goes_on_at_the_start_of_the_rotated_log()
    {
        var gate = Path.Combine(TestRun.NewFolder("gate"), "open");
        var request = TestChild.Request("/bin/bash", "-c", $"mkfifo {gate}; echo before; read < {gate}; echo after") with { LogFile = _log };
        using var child = TestChild.Start(request);
        Assert.True(SpinWait.SpinUntil(() => File.ReadAllText(_log) == "before\n", TimeSpan.FromSeconds(20)));
        Assert.Equal(new LogRotationResult.Rotated(7), LogRotation.RotateIfLarge(_log, maxSize: 7));
        File.WriteAllText(gate, "go\n");
        child.Await();
        Assert.Equal(("before\n", "after\n"), (File.ReadAllText(_log + ".1"), File.ReadAllText(_log)));
    }

    [Fact]
    public void Under_a_child_that_writes_all_the_time_no_line_is_doubled_or_out_of_order()
    {
        var request = TestChild.Request("/bin/bash", "-c", "for ((i=10000;i<40000;i++)); do echo $i; done") with { LogFile = _log };
        using var child = TestChild.Start(request);
        var rotations = 0;
        while (!child.PidFd.HasExited)
        {
            rotations += LogRotation.RotateIfLarge(_log, maxSize: 20_000, kept: 100) is LogRotationResult.Rotated ? 1 : 0;
        }

        child.Await();
        var files = Enumerable.Range(1, 100).Select(i => $"{_log}.{i}").Where(File.Exists).Reverse().Append(_log);
        var lines = files.SelectMany(File.ReadAllLines).Where(l => l.Length == 5).Select(l => int.Parse(l, CultureInfo.InvariantCulture)).ToList();
        Assert.NotEqual(0, rotations);
        Assert.Equal(lines.Distinct().Order(), lines);
    }

    [Fact]
    public void A_rotation_that_fails_leaves_the_log_as_it_is()
    {
        File.WriteAllText(_log, "12345");
        Directory.CreateDirectory(_log + ".new");
        Assert.IsType<LogRotationResult.Failed>(LogRotation.RotateIfLarge(_log, maxSize: 5));
        Assert.Equal("12345", File.ReadAllText(_log));
    }
}
