using System.Globalization;
using MoneroCloud.Agent;
using MoneroCloud.Testing;

namespace MoneroCloud.Bench.Traces;

/// <summary>A real monero-wallet-rpc, its output in a file as the agent has it.</summary>
internal sealed class TracedWallet : IAsyncDisposable
{
    private readonly RealProgram _program;
    private readonly string _home;

    private TracedWallet(RealProgram program, int port, string home) => (_program, Port, _home) = (program, port, home);

    public int Port { get; }

    public int Pid => _program.ProcessId;

    public string Log => Path.Combine(_home, "out.log");

    /// <summary>The wallet <c>alice</c>, where the agent would have it declared.</summary>
    public WalletConfig? Declared { get; private init; }

    public bool FileMode { get; private init; }

    public RealProgram Program => _program;

    /// <summary>Without an open wallet.</summary>
    public static Task<TracedWallet> StartAsync(Chain chain, string daemon, params string[] more) => StartAsync(chain, daemon, "exec \"$@\" >\"$LOG\" 2>&1", false, more);

    /// <summary>With the wallet on its command line.</summary>
    public static Task<TracedWallet> StartWithFileAsync(Chain chain, string daemon) => StartAsync(chain, daemon, "exec \"$@\" >\"$LOG\" 2>&1", true, []);

    /// <summary>Its output is a pipe that nobody reads.</summary>
    public static Task<TracedWallet> StartOnAPipeAsync(Chain chain, string daemon) =>
        StartAsync(chain, daemon, "exec \"$@\" > >(exec sleep 3600) 2>&1", false, ["--log-level", "1"]);

    /// <summary>The stand-in that a signal deadlocks.</summary>
    public static async Task<TracedWallet> StartStandInAsync(int daemonPort)
    {
        var (home, port) = (TestRun.NewFolder("stand-in"), FreePort.Next());
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Peers", "deadlocked.pl"), Text(port), Text(daemonPort)];
        return new TracedWallet(await RealProgram.StartAsync("perl", arguments, new Dictionary<string, string>(), home, port), port, home);
    }

    /// <summary>One call without a deadline of its own; null when it was given up.</summary>
    public async Task<string?> CallAsync(string method, string parameters, CancellationToken cancellation)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var content = new StringContent($$"""{"jsonrpc":"2.0","id":"0","method":"{{method}}","params":{{parameters}}}""");
        content.Headers.ContentType = new("application/json");
        try
        {
            using var response = await client.PostAsync(new Uri($"http://127.0.0.1:{Port}/json_rpc"), content, cancellation);
            return await response.Content.ReadAsStringAsync(cancellation);
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    public Task<string?> OpenAsync(CancellationToken cancellation) =>
        CallAsync("open_wallet", $$"""{"filename":"{{Chain.Wallet}}","password":"{{Chain.Password}}"}""", cancellation);

    public void Signal(int signal)
    {
        if (PidFd.TryOpen(Pid, out var process, out _))
        {
            process.TrySignal(signal);
            process.Dispose();
        }
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    private static async Task<TracedWallet> StartAsync(Chain chain, string daemon, string shell, bool fileMode, string[] more)
    {
        var (home, port, wallets) = (TestRun.NewFolder("traced"), FreePort.Next(), chain.CopyWallet());
        string[] where = fileMode ? ["--wallet-file", Path.Combine(wallets, Chain.Wallet), "--password", Chain.Password] : ["--wallet-dir", wallets];
        string[] arguments =
        [
            "-c", shell, "wallet", "monero-wallet-rpc", "--rpc-bind-port", Text(port), "--disable-rpc-login", "--rpc-ssl", "disabled", "--daemon-ssl", "disabled",
            "--daemon-address", daemon, "--trusted-daemon", "--non-interactive", "--log-file", Path.Combine(home, "own.log"), .. where, .. more,
        ];
        var environment = new Dictionary<string, string> { ["LOG"] = Path.Combine(home, "out.log") };

        // With a wallet to be refreshed first the port opens late: not waited for.
        var program = await RealProgram.StartAsync("bash", arguments, environment, home, fileMode ? chain.Daemon.Port : port);
        return new TracedWallet(program, port, home)
        {
            Declared = new WalletConfig(Chain.Wallet, new Secret("trace", Chain.Password), wallets),
            FileMode = fileMode,
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
