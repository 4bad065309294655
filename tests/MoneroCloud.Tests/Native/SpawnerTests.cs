using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.Versioning;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

[SupportedOSPlatform("linux")]
public sealed class SpawnerTests
{
    [Fact]
    public void A_child_gets_its_arguments_and_environment_exactly()
    {
        var request = TestChild.Request("/bin/bash", "-c", "printf '%s|' \"$@\"; printf '%s' \"$X\"; tr '\\0' ' ' < /proc/$$/environ", "name", "a b", "", "ü\nz", "--x=1") with
        {
            Environment = ["X=1 = 2"],
        };
        using var child = TestChild.Start(request);
        Assert.Equal(new ProcessExit.Exited(0), child.Await());
        Assert.Equal("a b||ü\nz|--x=1|1 = 2X=1 = 2 ", File.ReadAllText(child.Log));
    }

    [Fact]
    public void Stdout_and_stderr_are_appended_to_the_log_and_stdin_is_empty()
    {
        var request = TestChild.Request("/bin/bash", "-c", "cat; echo out; echo err >&2");
        File.WriteAllText(request.LogFile, "before\n");
        using var child = TestChild.Start(request);
        child.Await();
        Assert.Equal("before\nout\nerr\n", File.ReadAllText(child.Log));
    }

    [Fact]
    public void A_new_log_is_for_the_owner_alone()
    {
        using var child = TestChild.Sleeping();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(child.Log));
    }

    [Fact]
    public void A_child_leads_its_own_session_in_the_folder_asked_for()
    {
        using var child = TestChild.Sleeping();
        var stat = File.ReadAllText($"/proc/{child.Pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        Assert.Equal(child.Pid, int.Parse(fields[2], CultureInfo.InvariantCulture));
        Assert.Equal(child.Pid, int.Parse(fields[3], CultureInfo.InvariantCulture));
        Assert.Equal(child.Folder, new FileInfo($"/proc/{child.Pid}/cwd").LinkTarget);
    }

    [Fact]
    public void No_descriptor_is_inherited_not_even_one_without_close_on_exec()
    {
        using var file = File.OpenHandle("/etc/passwd");
        Assert.Equal(0, TestNative.ClearCloseOnExec(file));
        using var child = TestChild.Sleeping();

        // Its loader has libraries open for a moment. What was inherited stays.
        List<string> open = [];
        SpinWait.SpinUntil(() => (open = [.. Directory.GetFiles($"/proc/{child.Pid}/fd").Select(f => Path.GetFileName(f)!).Order()]) is ["0", "1", "2"], TimeSpan.FromSeconds(5));
        Assert.Equal(["0", "1", "2"], open);
    }

    [Fact]
    [SuppressMessage("Reliability", "CA2000", Justification = "The children are disposed one by one.")]
    public async Task Signals_are_neither_blocked_nor_ignored_in_a_child_whatever_they_are_here()
    {
        // The runtime ignores SIGPIPE here, and these threads block what they can.
        var children = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            TestNative.BlockAllSignals();
            try
            {
                return TestChild.Sleeping();
            }
            finally
            {
                TestNative.UnblockAllSignals();
            }
        })));
        foreach (var child in children)
        {
            var status = File.ReadAllLines($"/proc/{child.Pid}/status");
            Assert.Contains("SigBlk:\t0000000000000000", status);
            Assert.Contains("SigIgn:\t0000000000000000", status);
            child.Dispose();
        }
    }

    [Theory]
    [InlineData("/no/such/program", "No such file or directory")]
    [InlineData("/etc/passwd", "Permission denied")]
    [InlineData("/tmp", "Permission denied")]
    public void A_program_that_cannot_be_started_is_a_reason_in_words(string program, string words)
    {
        var failed = Assert.IsType<SpawnResult.Failed>(Spawner.Spawn(TestChild.Request(program)));
        Assert.StartsWith($"cannot start {program}", failed.Reason, StringComparison.Ordinal);
        Assert.Contains(words, failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var failed = Spawner.Spawn(TestChild.Request("/bin/sleep", "1") with { Folder = "/no/such/folder" });
        Assert.Equal(new SpawnResult.Failed("cannot start /bin/sleep in the folder /no/such/folder: No such file or directory"), failed);
    }

    [Fact]
    public void A_log_that_cannot_be_opened_is_named()
    {
        var failed = Spawner.Spawn(TestChild.Request("/bin/sleep", "1") with { LogFile = "/no/such/folder/log" });
        Assert.Equal(new SpawnResult.Failed("cannot open the log /no/such/folder/log: No such file or directory"), failed);
    }

    [Fact]
    public void A_nul_character_is_refused_rather_than_cut_off() =>
        Assert.IsType<SpawnResult.Failed>(Spawner.Spawn(TestChild.Request("/bin/echo", "a\0b")));

    [Fact]
    public void A_failed_spawn_leaves_no_child_and_no_descriptor()
    {
        var request = TestChild.Request("/no/such/program");
        Assert.IsType<SpawnResult.Failed>(Spawner.Spawn(request));
        Assert.DoesNotContain(Directory.GetFiles("/proc/self/fd"), fd => new FileInfo(fd).LinkTarget == request.LogFile);
    }

    [Fact]
    public void Many_threads_may_spawn_at_once()
    {
        Parallel.For(0, 60, i =>
        {
            using var child = TestChild.Bash($"exit {i}");
            Assert.Equal(new ProcessExit.Exited(i), child.Await());
        });
    }
}
