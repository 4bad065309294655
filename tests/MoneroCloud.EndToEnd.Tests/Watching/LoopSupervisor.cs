using System.Diagnostics;
using System.Globalization;
using MoneroCloud.Agent;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The simplest supervisor there is: a shell loop that runs a real monero-wallet-rpc again and again.</summary>
internal sealed class LoopSupervisor : IAsyncDisposable
{
    private readonly Process _loop;
    private readonly string _pidFile;

    private LoopSupervisor(Process loop, string pidFile) => (_loop, _pidFile) = (loop, pidFile);

    /// <param name="folder">Takes the wallets and the logs.</param>
    /// <param name="port">The RPC's.</param>
    /// <param name="pause">Seconds between an exit and the next start.</param>
    public static LoopSupervisor Start(string folder, int port, string pause = "0.2")
    {
        var pidFile = Path.Combine(folder, $"loop.{port}.pid");
        var script = $"while :; do {CommandLine(folder, port)} >>{folder}/loop.out 2>&1 & echo $! >{pidFile}; wait; sleep {pause}; done";
        var start = new ProcessStartInfo("bash", ["-c", script]);
        start.Environment["HOME"] = folder;
        return new LoopSupervisor(Process.Start(start)!, pidFile);
    }

    public static string CommandLine(string folder, int port) =>
        $"/usr/bin/monero-wallet-rpc --rpc-bind-port {port} --wallet-dir {folder}/wallets --disable-rpc-login --rpc-ssl disabled --daemon-ssl disabled "
        + $"--offline --non-interactive --log-file {folder}/watched.log";

    /// <summary>What it runs now.</summary>
    public int Pid => int.Parse(File.ReadAllText(_pidFile), CultureInfo.InvariantCulture);

    /// <summary>Ends the loop alone.</summary>
    public async Task AbandonAsync()
    {
        _loop.Kill();
        await _loop.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await AbandonAsync();
        AgentUnderTest.Send(Pid, Signals.Kill);
        _loop.Dispose();
    }
}
