using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>A real child process of the test, spawned as the agent spawns; killed and reaped when disposed.</summary>
internal sealed class TestChild : IDisposable
{
    private TestChild(SpawnResult.Started started, string folder, string log) => (PidFd, Folder, Log) = (started.PidFd, folder, log);

    public PidFd PidFd { get; }

    public int Pid => PidFd.Pid;

    public string Folder { get; }

    public string Log { get; }

    public static SpawnRequest Request(string program, params string[] arguments)
    {
        var folder = TestRun.NewFolder("child");
        return new SpawnRequest
        {
            Program = program,
            Arguments = arguments,
            Environment = ["PATH=/usr/bin:/bin", $"{TestRun.MarkVariable}={TestContext.Current.TestClass?.TestClassSimpleName}"],
            Folder = folder,
            LogFile = Path.Combine(folder, "out.log"),
        };
    }

    public static TestChild Start(SpawnRequest request)
    {
        var started = Assert.IsType<SpawnResult.Started>(Spawner.Spawn(request));
        Assert.Equal(started.Pid, started.PidFd.Pid);
        return new TestChild(started, request.Folder, request.LogFile);
    }

    public static TestChild Sleeping() => Start(Request("/bin/sleep", "300"));

    /// <summary>Runs the script; the child is not waited for.</summary>
    public static TestChild Bash(string script) => Start(Request("/bin/bash", "-c", script));

    public void Kill() => Assert.Equal(Errno.None, PidFd.TrySignal(Signals.Kill));

    /// <summary>Waits for the exit and reaps.</summary>
    public ProcessExit Await()
    {
        AwaitExit(PidFd);
        return Children.TryReap(PidFd) ?? throw new InvalidOperationException("exited, and not to be reaped");
    }

    /// <summary>Waits until the process has exited, without reaping.</summary>
    public static void AwaitExit(PidFd process)
    {
        using var exited = new ManualResetEventSlim();
        using var watcher = new ExitWatcher(_ => { });
        watcher.Watch(process, exited.Set);
        Assert.True(exited.Wait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    /// <summary>Waits for the first line of its output.</summary>
    public string FirstLine()
    {
        var text = "";
        SpinWait.SpinUntil(() => (text = File.ReadAllText(Log)).Contains('\n', StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        return text[..text.IndexOf('\n', StringComparison.Ordinal)];
    }

    /// <summary>Runs the script to its end and gives its output.</summary>
    public static string Output(string script)
    {
        using var child = Bash(script);
        Assert.Equal(new ProcessExit.Exited(0), child.Await());
        return File.ReadAllText(child.Log);
    }

    public void Dispose()
    {
        _ = PidFd.TrySignal(Signals.Kill);
        if (Children.TryReap(PidFd) is null)
        {
            AwaitExit(PidFd);
            _ = Children.TryReap(PidFd);
        }

        PidFd.Dispose();
    }
}
