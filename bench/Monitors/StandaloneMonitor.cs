using System.Diagnostics;
using System.Text.Json.Nodes;

namespace MoneroCloud.Bench;

/// <summary>The published monitor, standalone, with everything it owns in a folder of its own.</summary>
/// <param name="program">The published <c>MoneroCloud.Functions</c>.</param>
internal sealed class StandaloneMonitor(string folder, string program, FreePorts ports) : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    private readonly int httpPort = ports.Next();
    private Process? process;

    public int Pid => process?.Id ?? throw new InvalidOperationException("the monitor was not started");

    public string Address => $"http://127.0.0.1:{httpPort}";

    public int BusPort { get; } = ports.Next();

    public string OperatorKeyFile => Path.Combine(folder, "data", "keys", "operator.key");

    public string StateFile => Path.Combine(folder, "data", "state.db");

    private string Log => Path.Combine(folder, "monitor.out");

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="settings">What monitor.json has beside the addresses and the folder.</param>
    /// <param name="environment">Beside our own.</param>
    public async Task StartAsync(JsonObject settings, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var file = Path.Combine(folder, "monitor.json");
        settings["listen"] = $"127.0.0.1:{httpPort}";
        settings["bus"] = new JsonObject { ["listen"] = $"127.0.0.1:{BusPort}" };
        settings["data"] = Path.Combine(folder, "data");
        await File.WriteAllTextAsync(file, settings.ToJsonString(), cancellation);
        process = Shell.Start(Log, environment, program, "--config", file);
        var began = TimeProvider.System.GetTimestamp();
        while (!await HttpAnswer.ComesAsync(httpPort, cancellation))
        {
            if (process.HasExited || TimeProvider.System.GetElapsedTime(began) > StartPatience)
            {
                throw new BenchException($"the monitor does not answer: {string.Join('\n', (await File.ReadAllLinesAsync(Log, cancellation)).TakeLast(5))}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null)
        {
            return;
        }

        var descriptor = Libc.OpenProcess(process.Id);
        Libc.Signal(descriptor, Libc.Sigterm);
        Libc.Close(descriptor);
        try
        {
            await process.WaitForExitAsync().WaitAsync(StopPatience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            await Console.Error.WriteLineAsync($"the monitor did not stop within {StopPatience.TotalSeconds:0} s and was killed");
            process.Kill();
        }

        process.Dispose();
    }
}
