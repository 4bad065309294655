using System.Diagnostics;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests.Runs;

/// <summary>A shell that plays the test program, and the watchdog of its run.</summary>
internal sealed class DummyRun : IAsyncDisposable
{
    private readonly Process _runner;
    private readonly Process _watchdog;

    private DummyRun(Process runner, Process watchdog, string folder) => (_runner, _watchdog, Folder) = (runner, watchdog, folder);

    public string Folder { get; }

    /// <param name="script">Run with the mark in its environment and the run's folder as $FOLDER.</param>
    public static async Task<DummyRun> StartAsync(string script, CancellationToken cancellationToken)
    {
        // The second shell carries the mark from its start, as a test program does.
        const string First = $"read -r {TestRun.MarkVariable} FOLDER; export {TestRun.MarkVariable} FOLDER; exec bash -c \"$0\"";
        var runner = Start("bash", "-c", First, script);
        var watchdog = Start(DotnetHost.File, Path.Combine(AppContext.BaseDirectory, "MoneroCloud.Watchdog.dll"), "--runner", $"{runner.Id}");
        var ready = await watchdog.StandardOutput.ReadLineAsync(cancellationToken);
        await runner.StandardInput.WriteLineAsync(ready.AsMemory(), cancellationToken);
        await runner.StandardInput.FlushAsync(cancellationToken);
        return new(runner, watchdog, ready!.Split(' ', 2)[1]);
    }

    /// <summary>What the script said next.</summary>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await _runner.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("the script said nothing");

    /// <summary>kill -9, mid-run.</summary>
    public void KillRunner() => _runner.Kill();

    /// <summary>The end the script waits for, as it reads its input.</summary>
    public void EndRunner() => _runner.StandardInput.Close();

    /// <summary>The watchdog's exit code and what it reported, at most 20 s after the runner's end.</summary>
    public async Task<(int Code, string Report)> WatchdogEndAsync(CancellationToken cancellationToken)
    {
        await _runner.WaitForExitAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        var report = await _watchdog.StandardError.ReadToEndAsync(limit.Token);
        await _watchdog.WaitForExitAsync(limit.Token);
        return (_watchdog.ExitCode, report);
    }

    public async ValueTask DisposeAsync()
    {
        _runner.Kill();
        await _runner.WaitForExitAsync();
        await _watchdog.WaitForExitAsync();
        _runner.Dispose();
        _watchdog.Dispose();
    }

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The watchdog must not be one of the outer run's processes: it ends by itself, after its runner.
        start.Environment.Remove(TestRun.MarkVariable);
        return Process.Start(start)!;
    }
}
