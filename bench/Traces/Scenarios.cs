using MoneroCloud.Testing;

namespace MoneroCloud.Bench.Traces;

/// <summary>All that can be recorded.</summary>
internal static class Scenarios
{
    // SIGUSR1: the stand-in's word for "deadlock now".
    private const int Deadlock = 10;
    private const int Stop = 19;

    // wallet-rpc gives up on its daemon after 210 s, and asks again 20 s later.
    private const double TwoCycles = 500;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("idle", "A wallet is open and follows its daemon; nothing happens.", IdleAsync),
        new("sync", "A wallet catches up with a daemon beside it.", (s, c) => SyncAsync(s, _ => { }, c)),
        new("sync-delayed", "A wallet catches up with a daemon that takes 12 s for each answer.", (s, c) => SyncAsync(s, p => p.Delay = TimeSpan.FromSeconds(12), c)),
        new("sync-trickle", "A wallet catches up over a line of 2,000 bytes a second.", (s, c) => SyncAsync(s, p => p.BytesPerSecond = 2_000, c)),
        new("sync-stalled", "In the middle of an answer the daemon falls silent for 100 s, then goes on.", StalledAsync),
        new("sync-wallet-file", "A wallet on the command line does its first refresh over a line of 4,000 bytes a second.", WalletFileAsync),
        new("daemon-hung", "The daemon is stopped (SIGSTOP) under an open wallet: two cycles of the wallet's own patience, then it goes on.", DaemonHungAsync),
        new("daemon-unreachable", "The daemon's host takes no connection and refuses none.", UnreachableAsync),
        new("daemon-refused", "Nobody listens at the daemon's address.", RefusedAsync),
        new("open-wallet", "open_wallet under many rounds of the key derivation.", OpenAsync),
        new("rescan", "rescan_blockchain of a wallet that followed its daemon, which takes 4 s for each answer.", RescanAsync),
        new("hang-stopped", "The wallet is stopped (SIGSTOP) and stays so.", (s, c) => HangAsync(s, w => w.Signal(Stop), c)),
        new("hang-pipe", "The wallet's output is a pipe that nobody reads, until it is full.", PipeAsync),
        new("hang-deadlocked", "A stand-in that sleeps and never accepts again, with an idle connection to its daemon.", DeadlockAsync),
    ];

    private static async Task IdleAsync(Stage stage, CancellationToken cancellation)
    {
        await using var wallet = await SyncedAsync(stage, stage.Chain.Daemon.Port, cancellation);
        await using var recording = stage.Record(wallet, stage.Chain.Daemon.Port);
        await Stage.ForAsync(90, cancellation);
    }

    private static async Task SyncAsync(Stage stage, Action<SlowDaemonProxy> slow, CancellationToken cancellation)
    {
        await using var proxy = new SlowDaemonProxy(stage.Chain.Daemon.Port);
        await using var wallet = await TracedWallet.StartAsync(stage.Chain, Address(proxy.Port));
        await wallet.OpenAsync(cancellation);
        slow(proxy);
        await using var recording = stage.Record(wallet, proxy.Port);
        await SyncedAsync(stage, wallet, cancellation);
        await Stage.ForAsync(30, cancellation);
    }

    private static async Task StalledAsync(Stage stage, CancellationToken cancellation)
    {
        await using var proxy = new SlowDaemonProxy(stage.Chain.Daemon.Port);
        await using var wallet = await TracedWallet.StartAsync(stage.Chain, Address(proxy.Port));
        await wallet.OpenAsync(cancellation);
        proxy.BytesPerSecond = 2_000;
        await using var recording = stage.Record(wallet, proxy.Port);
        var passed = proxy.Passed;
        await Stage.UntilAsync(() => Task.FromResult(proxy.Passed > passed + 15_000), 60, cancellation);
        stage.Mark("the daemon falls silent");
        proxy.Held = true;
        await Stage.ForAsync(100, cancellation);
        stage.Mark("the daemon goes on");
        proxy.Held = false;
        proxy.BytesPerSecond = null;
        await SyncedAsync(stage, wallet, cancellation);
        await Stage.ForAsync(10, cancellation);
    }

    private static async Task WalletFileAsync(Stage stage, CancellationToken cancellation)
    {
        await using var proxy = new SlowDaemonProxy(stage.Chain.Daemon.Port) { BytesPerSecond = 4_000 };
        await using var wallet = await TracedWallet.StartWithFileAsync(stage.Chain, Address(proxy.Port));
        await using var recording = stage.Record(wallet, proxy.Port);
        await SyncedAsync(stage, wallet, cancellation);
        await Stage.ForAsync(10, cancellation);
    }

    private static async Task DaemonHungAsync(Stage stage, CancellationToken cancellation)
    {
        await using var daemon = await RealMonerod.StartAsync();
        await using var wallet = await SyncedAsync(stage, daemon.Port, cancellation);
        await using var recording = stage.Record(wallet, daemon.Port);
        await Stage.ForAsync(10, cancellation);
        stage.Mark("the daemon is stopped");
        daemon.Program.Suspend();
        await Stage.ForAsync(TwoCycles, cancellation);
        stage.Mark("the daemon goes on");
        daemon.Program.Resume();
        await Stage.ForAsync(40, cancellation);
    }

    private static async Task UnreachableAsync(Stage stage, CancellationToken cancellation)
    {
        using var daemon = await UnansweredPort.OpenAsync();
        await using var wallet = await TracedWallet.StartAsync(stage.Chain, Address(daemon.Port));
        await using var recording = stage.Record(wallet, daemon.Port);
        stage.Mark("open_wallet");
        _ = wallet.OpenAsync(cancellation);
        await Stage.ForAsync(TwoCycles, cancellation);
    }

    private static async Task RefusedAsync(Stage stage, CancellationToken cancellation)
    {
        await using var wallet = await TracedWallet.StartAsync(stage.Chain, "127.0.0.1:1");
        await wallet.OpenAsync(cancellation);
        await using var recording = stage.Record(wallet, 1);
        await Stage.ForAsync(60, cancellation);
    }

    private static async Task OpenAsync(Stage stage, CancellationToken cancellation)
    {
        await using var wallet = await TracedWallet.StartAsync(stage.Chain, Address(stage.Chain.Daemon.Port), "--kdf-rounds", "150");
        await using var recording = stage.Record(wallet, stage.Chain.Daemon.Port);
        stage.Mark("create_wallet");
        await wallet.CallAsync("create_wallet", """{"filename":"slow","password":"x","language":"English"}""", cancellation);
        stage.Mark("open");
        await Stage.ForAsync(20, cancellation);
    }

    private static async Task RescanAsync(Stage stage, CancellationToken cancellation)
    {
        await using var proxy = new SlowDaemonProxy(stage.Chain.Daemon.Port);
        await using var wallet = await TracedWallet.StartAsync(stage.Chain, Address(proxy.Port));
        await wallet.OpenAsync(cancellation);
        await SyncedAsync(stage, wallet, cancellation);
        proxy.Delay = TimeSpan.FromSeconds(4);
        await using var recording = stage.Record(wallet, proxy.Port);
        stage.Mark("rescan_blockchain");
        await wallet.CallAsync("rescan_blockchain", "{}", cancellation);
        stage.Mark("done");
        await Stage.ForAsync(20, cancellation);
    }

    private static async Task HangAsync(Stage stage, Action<TracedWallet> hang, CancellationToken cancellation)
    {
        await using var wallet = await SyncedAsync(stage, stage.Chain.Daemon.Port, cancellation);
        await using var recording = stage.Record(wallet, stage.Chain.Daemon.Port);
        await Stage.ForAsync(25, cancellation);
        stage.Mark("it hangs");
        hang(wallet);
        await Stage.ForAsync(90, cancellation);
    }

    private static async Task PipeAsync(Stage stage, CancellationToken cancellation)
    {
        await using var wallet = await TracedWallet.StartOnAPipeAsync(stage.Chain, Address(stage.Chain.Daemon.Port));
        await using var recording = stage.Record(wallet, stage.Chain.Daemon.Port);
        await Stage.ForAsync(10, cancellation);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        enough.CancelAfter(TimeSpan.FromSeconds(20));

        // Each writes a line or two of log: the 65,536 bytes of the pipe are full after some hundreds.
        while (await wallet.CallAsync("get_version", "{}", enough.Token) is not null)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        stage.Mark("it hangs");
        await Stage.ForAsync(90, cancellation);
    }

    private static async Task DeadlockAsync(Stage stage, CancellationToken cancellation)
    {
        await using var wallet = await TracedWallet.StartStandInAsync(stage.Chain.Daemon.Port);
        await using var recording = stage.Record(wallet, stage.Chain.Daemon.Port);
        await Stage.ForAsync(15, cancellation);
        stage.Mark("it hangs");
        wallet.Signal(Deadlock);
        await Stage.ForAsync(120, cancellation);
    }

    /// <summary>A wallet that has caught up with a daemon.</summary>
    private static async Task<TracedWallet> SyncedAsync(Stage stage, int daemonPort, CancellationToken cancellation)
    {
        var wallet = await TracedWallet.StartAsync(stage.Chain, Address(daemonPort));
        await wallet.OpenAsync(cancellation);
        await wallet.CallAsync("refresh", "{}", cancellation);
        return wallet;
    }

    private static async Task SyncedAsync(Stage stage, TracedWallet wallet, CancellationToken cancellation)
    {
        var target = await stage.Chain.HeightAsync();
        if (!await Stage.UntilAsync(async () => Chain.TryHeight(await wallet.CallAsync("get_height", "{}", cancellation), out var height) && height >= target, 900, cancellation))
        {
            stage.Mark("it did not get there in 15 minutes");
        }
    }

    private static string Address(int port) => $"127.0.0.1:{port}";
}
