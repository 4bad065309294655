using System.Net;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>What the host sees of a real wallet-rpc that is idle, stopped, or waits for its daemon.</summary>
public sealed class WalletEvidenceTests : IDisposable
{
    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(1);

    private readonly string _folder = TestRun.NewFolder("wallet");
    private readonly SockDiag _diag = new();
    private readonly SocketOwners _sockets = new();

    [Fact]
    public async Task A_request_to_a_stopped_wallet_waits_in_the_accept_queue()
    {
        using var wallet = TestMonero.Wallet(_folder, FreePort.Next(), "--wallet-dir", _folder, "--daemon-address", "127.0.0.1:1");
        await wallet.Ready();
        Assert.Equal(new PortSighting.Own(0), PortOf(wallet));
        wallet.Signal(Signals.Stop);

        // On a busy machine a thread may take one more connection before it takes the signal.
        Assert.True(SpinWait.SpinUntil(() => ProcessSightings.See(Identity(wallet), wallet.PidFd) is ProcessSighting.Alive { RunState: ProcessRunState.Stopped }, TimeSpan.FromSeconds(10)));
        Assert.Null(await wallet.Ask("get_version", deadline: Brief, cancel: TestContext.Current.CancellationToken));
        Assert.InRange(Assert.IsType<PortSighting.Own>(PortOf(wallet)).AcceptQueue, 1, 3);
        var alive = Assert.IsType<ProcessSighting.Alive>(ProcessSightings.See(Identity(wallet), wallet.PidFd));
        Assert.Equal((ProcessRunState.Stopped, "do_signal_stop"), (alive.RunState, alive.WaitChannel));
        wallet.Signal(Signals.Continue);
        await wallet.Ready();
        Assert.True(SpinWait.SpinUntil(() => PortOf(wallet) == new PortSighting.Own(0), TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_wallet_is_idle_towards_its_daemon_until_that_owes_it_an_answer()
    {
        using var daemon = TestMonero.Daemon(TestRun.NewFolder("daemon"));
        await daemon.Ready();
        using var wallet = TestMonero.Wallet(_folder, FreePort.Next(), "--wallet-dir", _folder, "--daemon-address", $"127.0.0.1:{daemon.Port}");
        await wallet.Ready();
        Assert.Equal(new DaemonLinkSighting.NotConnected(), LinkOf(wallet));
        await wallet.CreateWallet("alice");
        Assert.True(SpinWait.SpinUntil(() => LinkOf(wallet) is DaemonLinkSighting.Idle, TimeSpan.FromSeconds(10)));

        daemon.Signal(Signals.Stop);
        var refresh = wallet.Ask("refresh", deadline: TimeSpan.FromSeconds(15), cancel: TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => LinkOf(wallet) is DaemonLinkSighting.RequestOutstanding, TimeSpan.FromSeconds(10)));
        Assert.Null(await wallet.Ask("get_version", deadline: Brief, cancel: TestContext.Current.CancellationToken));
        Assert.NotEqual(0, Assert.IsType<PortSighting.Own>(PortOf(wallet)).AcceptQueue);
        var alive = Assert.IsType<ProcessSighting.Alive>(ProcessSightings.See(Identity(wallet), wallet.PidFd));
        Assert.Equal((ProcessRunState.Sleeping, "do_epoll_wait"), (alive.RunState, alive.WaitChannel));

        daemon.Signal(Signals.Continue);
        Assert.Contains("blocks_fetched", await refresh, StringComparison.Ordinal);
        Assert.True(SpinWait.SpinUntil(() => LinkOf(wallet) is DaemonLinkSighting.Idle, TimeSpan.FromSeconds(10)));
    }

    public void Dispose() => _diag.Dispose();

    private PortSighting PortOf(TestMonero process)
    {
        var listeners = new List<Listener>();
        Assert.True(_diag.TryListeners(listeners, out _));
        return new PortOwners(_sockets).See(listeners, IPAddress.Loopback, process.Port, process.Pid);
    }

    private DaemonLinkSighting LinkOf(TestMonero wallet) => new DaemonLinks(_diag).See(wallet.Pid, wallet.Port);

    private static ProcessIdentity Identity(TestMonero process) =>
        new(BootId.Current, process.Pid, Assert.IsType<ProcRead<ProcStat>.Got>(ProcessReader.Stat(process.Pid)).Value.StartTicks, null);
}
