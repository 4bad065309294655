using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Tests.Messages;

/// <summary>One of everything that agent and monitor say to each other, with every member set somewhere: what the approved texts are made from.</summary>
internal static class WireSamples
{
    public const string OrderId = "a0123456789abcdef0123456789abcdef";

    public static readonly NodeName Agent = NodeName.Parse("host-1");

    public static readonly NodeName Main = NodeName.Parse("main");

    public static readonly ProcessIdentity Identity = new("9d1c1b0e-5f0a-4c8e-9a67-2f6f8a1d3c55", 4242, 123456, "host-1.main:0123456789abcdef:5f0c9d1e2b3a4c5d");

    /// <summary>Of a process that somebody else runs.</summary>
    public static readonly ProcessIdentity Watched = Identity with { Marker = null, Executable = "8:1:1234567" };

    public static DateTimeOffset At { get; } = new(2026, 1, 15, 10, 30, 45, 123, TimeSpan.Zero);

    /// <summary>Between them every case of every sighting.</summary>
    public static ImmutableArray<HostEvidence> Evidence { get; } =
    [
        Healthy,
        new()
        {
            Process = new ProcessSighting.Alive { Identity = Identity, RunState = ProcessRunState.Stopped, Age = TimeSpan.FromSeconds(90), WaitChannel = "do_signal_stop", StoppedFor = TimeSpan.FromSeconds(30) },
            Port = new PortSighting.Own(3),
            Api = new ApiAnswer.TimedOut(TimeSpan.FromSeconds(5)),
            Work = new WorkSighting { UnansweredFor = TimeSpan.FromSeconds(35), CpuUsed = TimeSpan.FromMilliseconds(20), NoProgressFor = TimeSpan.FromSeconds(30), HeightRise = 12, LogGrowth = 4096, EverAnswered = true },
            DaemonLink = new DaemonLinkSighting.RequestOutstanding(TimeSpan.FromSeconds(31)),
            Daemon = DaemonSighting.Silent,
            Lock = new LockSighting.Orphan(977, "monero-wallet-r"),
            Disk = new DiskSighting(1 << 20, 1L << 40),
            SaveFailed = true,
            OpenFailed = "the wallet refused: error -1",
            LastVersion = 65561,
        },
        new()
        {
            Process = new ProcessSighting.Gone(new ProcessExit.Exited(1), ExitCause.WalletLocked) { Pid = 4242, NextStart = At.AddSeconds(2) },
            Port = new PortSighting.Nobody(),
            Api = new ApiAnswer.Refused(),
            DaemonLink = new DaemonLinkSighting.NotConnected(),
            Daemon = DaemonSighting.Refuses,
            Lock = new LockSighting.Free(),
            Desired = new DesiredState.Stopped("alice", At.AddMinutes(-5)),
        },
        new() { Process = new ProcessSighting.Gone(new ProcessExit.Killed(9), ExitCause.OutOfMemory), Port = new PortSighting.Taken(812, "nginx"), Api = new ApiAnswer.Reset() },
        new() { Process = new ProcessSighting.Gone(new ProcessExit.Unknown(), ExitCause.Unknown), Port = new PortSighting.Taken(null, null), Api = new ApiAnswer.HttpStatus(502) },
        new() { Process = new ProcessSighting.Gone(new ProcessExit.NeverStarted("no such file"), ExitCause.Unknown), Port = new PortSighting.NotPermitted(2), Api = new ApiAnswer.NotJsonRpc("no JSON") },
        new() { Process = new ProcessSighting.Reused(812), Api = new ApiAnswer.Unauthorized(Stale: false) },
        new() { Process = new ProcessSighting.NotPermitted("/proc/812/stat"), Api = new ApiAnswer.RpcError(-13) },
        new(),
        new() { Api = new ApiAnswer.TlsFailed("the certificate has expired") },
        new() { Api = new ApiAnswer.Unreachable("no route to host") },
        new() { Api = new ApiAnswer.OwnFailure("no descriptors left") },
        new()
        {
            Api = Daemon with
            {
                Chain = new ChainAnswer.Told
                {
                    Network = ChainNetwork.Mainnet,
                    Height = 3_210_000,
                    TopHash = "418015bb9ae982a1975da7d79277c2705727a56894ba0fb246adaabb1f4632e3",
                    LastBlockAt = At.AddMinutes(-2),
                    Peers = 24,
                    Synchronized = false,
                    TargetHeight = 3_210_100,
                    Offline = false,
                    Restricted = false,
                    Status = "OK",
                    Marks = [new BlockMark(3_209_990, "945240e2b504764b"), new BlockMark(3_209_900, "be13c15a59af19fe")],
                },
            },
            Daemon = DaemonSighting.Busy,
            Chain = new ChainSighting { Height = 3_210_000, BehindMedian = 100, HashDiffersFromMajority = true, ForkedAt = 3_209_990, OtherDaemons = 4, SyncsTo = 3_210_100 },
        },
        new() { Api = Daemon with { Chain = new ChainAnswer.Told { Network = ChainNetwork.Regtest, Restricted = true } } },
        new() { Api = Daemon with { Chain = new ChainAnswer.NotTold(new ApiAnswer.RpcError(0)) } },
        .. new WalletAnswer[] { new WalletAnswer.NotAsked(), new WalletAnswer.NotOpen(), new WalletAnswer.NoDaemon(), new WalletAnswer.Error(-1) }
            .Select(wallet => new HostEvidence { Api = new ApiAnswer.Answered(65561, TimeSpan.FromMilliseconds(12.5), wallet) }),
    ];

    private static ApiAnswer.Answered Daemon => new(196618, TimeSpan.FromMilliseconds(1.5), new WalletAnswer.NotAsked());

    private static HostEvidence Healthy => new()
    {
        Process = new ProcessSighting.Alive { Identity = Identity, RunState = ProcessRunState.Sleeping, Age = TimeSpan.FromHours(30) },
        Port = new PortSighting.Own(0),
        Api = new ApiAnswer.Answered(65561, TimeSpan.FromMilliseconds(12.5), new WalletAnswer.Open(3_210_000)),
        Work = new WorkSighting { EverAnswered = true },
        DaemonLink = new DaemonLinkSighting.Idle { For = TimeSpan.FromSeconds(12) },
        Daemon = DaemonSighting.Answers,
        Chain = new ChainSighting
        {
            Height = 3_210_000,
            DaemonHeight = 3_210_001,
            Rising = true,
            LastBlockAge = TimeSpan.FromMinutes(2),
            Peers = 24,
            BehindMedian = 0,
            HashDiffersFromMajority = false,
        },
        Lock = new LockSighting.Declared(),
        Disk = new DiskSighting(1L << 39, 1L << 40),
        LastVersion = 65561,
    };

    public static ObservedEvidence Seen { get; } =
        new(7, At, 17, new VerdictRow(Condition.Healthy, 3, [At.AddSeconds(-20), At.AddSeconds(-10), At]), Healthy);

    /// <summary>One step of every kind, each with its own result.</summary>
    public static ImmutableArray<LadderStep> Steps { get; } =
    [
        new(LadderRung.Continue, At, 0, new StepResult.Ok()),
        new(LadderRung.Store, At, 310, new StepResult.Declined(-1, "failed to save file")),
        new(LadderRung.StopWallet, At.AddSeconds(1), null, new StepResult.Skipped("SIGTERM saves as well, and the exit code tells whether it did")),
        new(LadderRung.Terminate, At.AddSeconds(1), 9_000, new StepResult.Overdue("it has not ended; meanwhile it used 0 s of CPU")),
        new(LadderRung.Kill, At.AddSeconds(10), 12, new StepResult.Ok("it exited (signal 9)")),
        new(LadderRung.Port, At.AddSeconds(10), 0, new StepResult.Ok()),
        new(LadderRung.Start, At.AddSeconds(10), 2, new StepResult.Ok("pid 4311")),
        new(LadderRung.Answer, At.AddSeconds(10), 1_020, new StepResult.Ok()),
        new(LadderRung.OpenWallet, At.AddSeconds(11), 2_300, new StepResult.Ok()),
        new(LadderRung.Height, At.AddSeconds(13), 1, new StepResult.Failed("121 before, 61 now: 60 blocks are scanned again")),
    ];

    public static RestartProof Proof { get; } = new()
    {
        State = ProofState.Complete,
        Reason = new RestartReason.ByOrder("restart", "alice"),
        Found = Condition.WaitingForDaemon,
        Explanation = "no answer for 74 s",
        Began = At,
        TookMs = 13_400,
        Before = Identity,
        After = Identity with { Pid = 4311, StartTicks = 234567 },
        Steps = Steps,
        HeightBefore = 121,
        HeightAfter = 61,
        Losses = new Losses.MayBeRescanned { SavedAt = At.AddMinutes(-5), OpenedAt = At.AddMinutes(-9), Blocks = 60 },
    };

    /// <summary>Between them every state, reason and loss.</summary>
    public static ImmutableArray<RestartProof> Proofs { get; } =
    [
        Proof,
        Proof with { State = ProofState.Underway, Reason = new RestartReason.ByDiagnosis(), Losses = null },
        Proof with { State = ProofState.Incomplete, Reason = new RestartReason.ByExit("the process exited (signal 9)"), Losses = new Losses.NotKnown("whether a wallet was open") },
        Proof with { State = ProofState.Interrupted, Reason = new RestartReason.ByReload(), Losses = new Losses.SaveFailed("it exited (code 1; the wallet could not be saved)") },
        Proof with { Reason = new RestartReason.ByLeave(), Losses = new Losses.None("no wallet was open"), Steps = [] },
    ];

    public static Outcome Restarted { get; } =
        new() { Result = OutcomeResult.Done, Text = "restarted in 3 s", Before = Identity, After = Identity with { Pid = 4311, StartTicks = 234567 }, Proof = Proof };

    public static BreakerStanding Broken { get; } =
        new() { State = BreakerState.Open, Since = At.AddMinutes(-1), Why = "5 starts in 10 min", NextTry = At.AddMinutes(9) };

    /// <summary>Every kind of fact, in the order in which the wire knows them.</summary>
    public static ImmutableArray<NodeFact> Facts { get; } =
    [
        new NodeFact.Spawned(4242),
        new NodeFact.Adopted(4242),
        new NodeFact.Found(4242),
        new NodeFact.SpawnFailed("No such file or directory (2)"),
        new NodeFact.Answered(65561, 900),
        new NodeFact.WalletOpened(1200),
        new NodeFact.WalletOpenFailed("the wallet is locked by another process"),
        new NodeFact.Exited(4242, 1, null, ExitCause.PortTaken, Expected: false),
        new NodeFact.Stopping(4242, "SIGTERM"),
        new NodeFact.Signalled(4242, 18, "it had been stopped"),
        new NodeFact.UnitCommand("wallet.service", "restart", "it hangs", "systemctl restart wallet.service ended with code 1: no"),
        new NodeFact.BackedOff(2000),
        new NodeFact.BreakerOpened(600_000, "5 starts in 10 min"),
        new NodeFact.BreakerClosed("the one start that was tried has lasted"),
        new NodeFact.Ordered("stop", "alice"),
        new NodeFact.Observed(Seen),
        new NodeFact.OrderTaken(OrderId, OrderVerb.Restart),
        new NodeFact.OrderEnded(OrderId, Restarted),
        new NodeFact.OrderRefused(OrderId, "this agent has no node main"),
        new NodeFact.LadderMoved(OrderId, Steps[1], LadderRung.StopWallet),
        new NodeFact.Proved(Proof),
        new NodeFact.Lost(12),
    ];

    /// <summary>Each fact once, and an exit by a signal.</summary>
    public static ImmutableArray<NodeEvent> Events { get; } =
    [
        .. Facts.Append(new NodeFact.Exited(4242, null, 9, ExitCause.Unknown, Expected: true))
            .Append(new NodeFact.LadderMoved(null, new LadderStep(LadderRung.Terminate, At, null, new StepResult.Underway("used 0 s of CPU")), null))
            .Concat(Proofs.Skip(1).Select(p => new NodeFact.Proved(p)))
            .Select((fact, i) => new NodeEvent(2, i + 1, fact is NodeFact.Lost ? null : Main, At.AddSeconds(i), fact)),
    ];

    public static Report Report { get; } = new()
    {
        Agent = Agent,
        Epoch = 2,
        Number = (3L << 32) | 17,
        At = At.AddMinutes(1),
        Version = "0.1.0",
        PeriodSeconds = 60,
        Names = [Main, NodeName.Parse("second")],
        Nodes =
        [
            new ReportedNode
            {
                Inventory = new NodeInventory
                {
                    Name = Main,
                    Kind = NodeKind.WalletRpc,
                    Port = 18082,
                    Tls = true,
                    WalletDeclared = true,
                    WalletFileMode = true,
                    Daemon = NodeName.Parse("second"),
                    Available = true,
                    Labels = ImmutableSortedDictionary<string, string>.Empty.Add("tier", "hot").Add("shop", "a"),
                },
                Seen = Seen,
                Identity = Identity,
                Phase = "running",
                Restarts = 2,
                Breaker = Broken,
            },
            new ReportedNode
            {
                Inventory = new NodeInventory { Name = NodeName.Parse("second"), Kind = NodeKind.Daemon, Port = 18081, Manage = NodeManage.Watch, Restartable = false },
                Identity = Watched,
                Phase = "looked for",
            },
        ],
        Events = Events,
        Trusts = [PublishedKey.Thumbprint],
        More = true,
    };

    public static Order Restart { get; } = new()
    {
        Id = OrderId,
        Audience = Agent,
        IssuedAt = At.ToUnixTimeSeconds(),
        ExpiresAt = At.AddMinutes(5).ToUnixTimeSeconds(),
        Verb = OrderVerb.Restart,
        Node = Main,
        Identity = Identity,
        By = "operator",
    };

    /// <summary>What the monitor itself places.</summary>
    public static Order Automatic { get; } = Restart with { By = "monitor", Automatic = new AutomaticReason(Condition.Hung, "no answer for 74 s") };

    public static Ack Ack { get; } = new() { Audience = Agent, IssuedAt = At.ToUnixTimeSeconds(), Epoch = 2, N = 17, MonitorKeys = [PublishedKey.Jwk] };

    public static Order Order(OrderVerb verb) => verb switch
    {
        OrderVerb.Restart => Restart,
        OrderVerb.Stop => Restart with { Verb = verb, Identity = Watched, KillAfterMs = 10_000 },
        OrderVerb.Check => Restart with { Verb = verb, Identity = null, Method = CheckMethod.Full, Save = true },
        OrderVerb.Reload => Restart with { Verb = verb, Identity = null, Node = null },
        _ => Restart with { Verb = verb, Identity = null },
    };

    public static Outcome Outcome(OutcomeResult result) => result switch
    {
        OutcomeResult.Done => new Outcome { Result = result, Text = "answers", Before = Identity, After = Identity, Answer = new MethodAnswer(false, WorkedDatas[^1]) },
        OutcomeResult.DoneAlready => new Outcome { Result = result, Text = "a newer process runs already", Before = Watched, After = Watched with { Pid = 4311 } },
        OutcomeResult.Failed => Restarted with { Result = result, Text = "its wallet could not be opened" },
        _ => new Outcome { Result = result, Text = $"it ended so: {result}" },
    };

    /// <summary>What each method leaves in <c>worked_data</c>, told in whole seconds.</summary>
    public static ImmutableArray<WorkedData> WorkedDatas { get; } =
    [
        Whole(new WorkedData.Pid(4242, "process is running")),
        Whole(new WorkedData.Port("127.0.0.1", 18082, "port is not listening", "nobody listens")),
        Whole(new WorkedData.Api("http://127.0.0.1:18082/json_rpc", 65561, "no answer", "API is not responding")),
        Whole(new WorkedData.Full(
            new FullChecks(
                new MethodAnswer(true, new WorkedData.Pid(4242, "process is running")),
                new MethodAnswer(true, new WorkedData.Port("127.0.0.1", 18082, "port is listening", null)),
                new MethodAnswer(false, new WorkedData.Api("http://127.0.0.1:18082/json_rpc", null, "no answer", "API is not responding"))),
            new FullSummary(true, true, false),
            "not all checks passed") { Timestamp = Second }),
    ];

    /// <summary>Of a check by each method.</summary>
    public static IEnumerable<Outcome> Checked => WorkedDatas.Select(data => Outcome(OutcomeResult.Done) with { Answer = new MethodAnswer(false, data) });

    private static DateTimeOffset Second => new(2026, 1, 15, 10, 30, 45, TimeSpan.Zero);

    private static WorkedData Whole(WorkedData data) =>
        data with { LastCheck = Second, Condition = Condition.Hung, Explanation = "it has not answered for 35 s", LatencyMs = 12.5 };
}
