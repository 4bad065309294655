using System.Globalization;
using System.Text;
using MoneroCloud.Agent;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A real monero-wallet-rpc or monerod, started by the agent's own spawner; killed and reaped when disposed.</summary>
internal sealed class TestMonero : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(40);
    // A connection for each request, so that each has to be accepted.
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });

    private TestMonero(SpawnResult.Started started, int port, string log) => (Started, Port, Log) = (started, port, log);

    public SpawnResult.Started Started { get; }

    public PidFd PidFd => Started.PidFd;

    public int Pid => Started.Pid;

    public int Port { get; }

    public string Log { get; }

    /// <summary>The output of this life.</summary>
    public string Output => LogTail.Read(Log, Started.LogStart);

    public static TestMonero Daemon(string folder)
    {
        var port = FreePort.Next();
        return Start("/usr/bin/monerod", folder, port,
        [
            "--regtest", "--offline", "--fixed-difficulty", "1", "--data-dir", folder, "--non-interactive", "--no-igd", "--hide-my-port",
            "--p2p-bind-ip", "127.0.0.1", "--p2p-bind-port", Text(FreePort.Next()), "--rpc-bind-ip", "127.0.0.1", "--rpc-bind-port", Text(port),
            "--no-zmq", "--log-level", "0",
        ]);
    }

    /// <param name="arguments">Besides the usual: <c>--wallet-dir</c> or <c>--wallet-file</c>, and the daemon.</param>
    public static TestMonero Wallet(string folder, int port, params string[] arguments) => Start("/usr/bin/monero-wallet-rpc", folder, port,
    [
        "--rpc-bind-port", Text(port), "--disable-rpc-login", "--rpc-ssl", "disabled", "--daemon-ssl", "disabled", "--trusted-daemon",
        "--non-interactive", "--log-file", Path.Combine(folder, "own.log"), "--log-level", "0", .. arguments,
    ]);

    public async Task Ready()
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        giveUp.CancelAfter(StartPatience);
        while (await Ask("get_version", cancel: giveUp.Token) is null)
        {
            Assert.False(PidFd.HasExited, Output);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, giveUp.Token);
        }
    }

    /// <summary>The answer, or null when there is none within the deadline.</summary>
    public async Task<string?> Ask(string method, string parameters = "{}", TimeSpan? deadline = null, CancellationToken cancel = default)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(deadline ?? StartPatience);
        using var content = new StringContent($"{{\"jsonrpc\":\"2.0\",\"id\":\"0\",\"method\":\"{method}\",\"params\":{parameters}}}", Encoding.UTF8, "application/json");
        try
        {
            using var response = await _http.PostAsync(new Uri($"http://127.0.0.1:{Port}/json_rpc"), content, late.Token);
            return await response.Content.ReadAsStringAsync(late.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    public async Task CreateWallet(string name) =>
        Assert.Contains("result", await Ask("create_wallet", $"{{\"filename\":\"{name}\",\"password\":\"pw\",\"language\":\"English\"}}"), StringComparison.Ordinal);

    public async Task<Core.ProcessExit> Exit()
    {
        var exited = new TaskCompletionSource();
        using var watcher = new ExitWatcher(_ => { });
        watcher.Watch(PidFd, exited.SetResult);
        await exited.Task.WaitAsync(StartPatience, TestContext.Current.CancellationToken);
        return Children.TryReap(PidFd)!;
    }

    public void Signal(int signal) => Assert.Equal(Errno.None, PidFd.TrySignal(signal));

    public void Dispose()
    {
        _http.Dispose();
        _ = PidFd.TrySignal(Signals.Kill);
        SpinWait.SpinUntil(() => PidFd.HasExited, StartPatience);
        _ = Children.TryReap(PidFd);
        PidFd.Dispose();
    }

    private static TestMonero Start(string program, string folder, int port, string[] arguments)
    {
        var log = Path.Combine(folder, Path.GetFileName(program) + ".out");
        var started = Assert.IsType<SpawnResult.Started>(Spawner.Spawn(new SpawnRequest
        {
            Program = program,
            Arguments = arguments,
            Environment = [$"HOME={folder}", $"{TestRun.MarkVariable}=1", "PATH=/usr/bin:/bin"],
            Folder = folder,
            LogFile = log,
        }));
        return new TestMonero(started, port, log);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
