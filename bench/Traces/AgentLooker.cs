using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;

namespace MoneroCloud.Bench.Traces;

/// <summary>Looks as the agent does: its own gatherer, at its own pace, with its own diagnosis. What it would do it only writes down.</summary>
internal sealed class AgentLooker : IDisposable
{
    private readonly AgentClock _clock = new(TimeProvider.System);
    private readonly NodeConfig _config;
    private readonly SupervisedProcess _process;
    private readonly GatherContext _context;
    private readonly HostSockets _sockets = new();
    private Health _health;
    private int? _version;

    public AgentLooker(TracedWallet wallet, int daemonPort)
    {
        _config = new NodeConfig
        {
            Name = NodeName.Parse("traced"),
            Kind = NodeKind.WalletRpc,
            Program = "/usr/bin/monero-wallet-rpc",
            Arguments = [],
            Port = wallet.Port,
            Folder = "/",
            Wallet = wallet.Declared,
            WalletFileMode = wallet.FileMode,
            Daemon = new DaemonReference(null, NodeConfig.DefaultHost, daemonPort),
        };
        var stat = ProcessReader.Stat(wallet.Pid) is ProcRead<ProcStat>.Got(var got) ? got : throw new InvalidOperationException("the wallet is gone");
        _ = PidFd.TryOpen(wallet.Pid, out var handle, out _);
        var identity = new ProcessIdentity(BootId.Current, wallet.Pid, stat.StartTicks, null);
        _process = new SupervisedProcess(identity, handle!, adopted: !wallet.FileMode, _clock.Now - ClockTicks.AgeOf(stat.StartTicks), logStart: 0);
        _context = new GatherContext
        {
            Clock = _clock,
            Sockets = _sockets,
            Daemons = new DaemonBoard(_clock, Present),
            IsDeclared = _ => true,
            LogFile = _ => wallet.Log,
            Config = Present,
        };
        _health = Health.Unseen(_clock.Wall);

        AgentConfig Present() => new() { File = "/", Agent = NodeName.Parse("host"), StateFolder = "/", Nodes = [_config] };
    }

    public async Task RunAsync(Func<long> now, Action<TraceLine> add, CancellationToken cancellation)
    {
        using var gatherer = new EvidenceGatherer(_context);
        for (var number = 1; !cancellation.IsCancellationRequested; number++)
        {
            var begun = now();
            var evidence = await gatherer.LookAsync(Request(), cancellation);
            add(new TraceLine { T = now(), Look = Judge(evidence with { Number = new ObservationNumber(1, number) }, now() - begun) });
            var pace = CheckPace.Of(new ProcessPhase.Ready(TimeSpan.Zero), _health, CheckPolicy.Default);
            var left = pace - TimeSpan.FromMilliseconds(now() - begun);
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, TimeProvider.System, cancellation);
        }
    }

    public void Dispose()
    {
        _process.Dispose();
        _sockets.Dispose();
    }

    private LookRequest Request() => new()
    {
        Blank = NodeHealth.Blank(_config, _clock.Wall) with { LastVersion = _version },
        Config = _config,
        Process = _process,
        Gone = new ProcessSighting.Gone(new ProcessExit.Unknown(), ExitCause.Unknown),
        AskApi = true,
        Deadline = CheckPace.Deadline(_health, CheckPolicy.Default),
        Starting = false,
    };

    private TraceLook Judge(NodeEvidence evidence, long took)
    {
        _version = (evidence.Api as ApiAnswer.Answered)?.Version ?? _version;
        var diagnosis = Diagnoser.Diagnose(evidence, DiagnosisPolicy.Default);
        _health = HealthMachine.Advance(_health, evidence, diagnosis, HealthPolicy.Default).Next;
        return new TraceLook(
            took,
            evidence.Api.GetType().Name,
            $"{diagnosis.Condition}",
            (long?)evidence.Work.UnansweredFor?.TotalMilliseconds,
            (long)evidence.Work.NoProgressFor.TotalMilliseconds,
            (long)evidence.Work.CpuUsed.TotalMilliseconds,
            (evidence.Port as PortSighting.Own)?.AcceptQueue,
            evidence.DaemonLink.GetType().Name,
            RestartRule.Applies(_health, diagnosis));
    }
}
