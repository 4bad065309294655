using CsCheck;
using MoneroCloud.Core;

namespace MoneroCloud.Tests;

/// <summary>Random evidence: every case of every sighting, durations at the budgets and just past them, and contradictions that no host would show.</summary>
internal static class AnyEvidence
{
    private static readonly Gen<TimeSpan> Durations = Among.Values(
        [.. new[] { 0, 1, 9, 10, 11, 29, 30, 31, 59, 60, 61, 120, 121, 239, 240, 241, 599, 600, 601, 3600, 21_600, 21_601, 1_000_000 }
            .Select(s => TimeSpan.FromSeconds(s)), TimeSpan.MaxValue, TimeSpan.FromSeconds(-5), TimeSpan.FromTicks(1)]);

    private static readonly Gen<DateTimeOffset> Times =
        Among.Values(Given.Now, Given.Now.AddSeconds(12), Given.Now.AddDays(-2), DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    private static readonly Gen<WalletAnswer> Wallets = Among.Values<WalletAnswer>(
        new WalletAnswer.NotAsked(), new WalletAnswer.Open(100), new WalletAnswer.Open(3_000_000), new WalletAnswer.NotOpen(), new WalletAnswer.NoDaemon(), new WalletAnswer.Error(-1));

    private static readonly Gen<ChainAnswer> Told = Gen.Select(
        Among.Values<ChainNetwork?>(null, ChainNetwork.Mainnet, ChainNetwork.Regtest), Among.Values<long?>(null, 1, 3_000_000), Times,
        Among.Values<int?>(null, 0, 8), Among.Values<long?>(null, 3_000_000), Among.Values<bool?>(null, true, false),
        (network, height, last, peers, target, offline) => (ChainAnswer)new ChainAnswer.Told
        {
            Network = network,
            Height = height,
            LastBlockAt = last,
            Peers = peers,
            TargetHeight = target,
            Offline = offline,
        });

    private static readonly Gen<ApiAnswer> Answers = Gen.OneOf(
        Gen.OneOf(Told, Among.Values<ChainAnswer>(new ChainAnswer.NotTold(Given.TimedOut), new ChainAnswer.NotTold(new ApiAnswer.RpcError(0)))).Select(
            chain => (ApiAnswer)new ApiAnswer.Answered(Given.DaemonVersion, TimeSpan.FromMilliseconds(1), new WalletAnswer.NotAsked()) { Chain = chain }),
        Gen.Select(Among.Values(Given.WalletVersion, Given.DaemonVersion, 0, -1), Durations, Wallets, (v, d, w) => (ApiAnswer)new ApiAnswer.Answered(v, d, w)),
        Gen.Select(Among.Values(Given.WalletVersion, Given.DaemonVersion), Wallets, Given.Answered),
        Durations.Select(d => (ApiAnswer)new ApiAnswer.TimedOut(d)),
        Among.Values(Given.TimedOut),
        Among.Values<ApiAnswer>(
            Given.Refused, Given.Refused, new ApiAnswer.NotAsked(), new ApiAnswer.Reset(), new ApiAnswer.Unauthorized(true), new ApiAnswer.Unauthorized(false),
            new ApiAnswer.HttpStatus(502), new ApiAnswer.NotJsonRpc("no JSON"), new ApiAnswer.RpcError(-13), new ApiAnswer.RpcError(-38), new ApiAnswer.RpcError(-1),
            new ApiAnswer.TlsFailed("expired"), new ApiAnswer.Unreachable("no route"), new ApiAnswer.OwnFailure("no descriptors")));

    private static readonly Gen<ProcessSighting> Living = Gen.Select(
        Among.Values(Enum.GetValues<ProcessRunState>()), Durations, Among.Values<string?>(null, "anon_pipe_write", "do_epoll_wait", ""), Durations,
        (state, age, channel, stopped) => (ProcessSighting)(Given.Alive(age, state) with { WaitChannel = channel, StoppedFor = stopped == TimeSpan.Zero ? null : stopped }));

    private static readonly Gen<ProcessSighting> Gone = Gen.Select(
        Among.Values<ProcessExit>(new ProcessExit.Exited(1), new ProcessExit.Killed(9), new ProcessExit.Unknown(), new ProcessExit.NeverStarted(null), new ProcessExit.NeverStarted("no file")),
        Among.Values(Enum.GetValues<ExitCause>()), Times,
        (exit, cause, next) => (ProcessSighting)new ProcessSighting.Gone(exit, cause) { NextStart = next == Given.Now ? null : next });

    private static readonly Gen<ProcessSighting> Processes = Gen.OneOf(
        Living, Living, Living, Living, Gone,
        Among.Values<ProcessSighting>(new ProcessSighting.NotLooked(), new ProcessSighting.NotPermitted("/proc/812/stat"), new ProcessSighting.Reused(812)));

    private static readonly Gen<PortSighting> Ports = Among.Values<PortSighting>(
        new PortSighting.NotLooked(), new PortSighting.Nobody(), new PortSighting.Nobody(), new PortSighting.Own(0), new PortSighting.Own(1), new PortSighting.Own(7),
        new PortSighting.Own(3), new PortSighting.NotPermitted(2), new PortSighting.Taken(812, "nginx"), new PortSighting.Taken(null, null));

    private static readonly Gen<WorkSighting> Works = Gen.Select(
        Gen.OneOf(Durations.Select(d => (TimeSpan?)d), Gen.Const((TimeSpan?)null)), Among.Values(0, 0, 0, 1, 1900), Durations,
        Among.Values(0L, 0, 0, 120), Among.Values(0L, 0, 0, 4096), Gen.Bool,
        (unanswered, cpu, quiet, rise, log, ever) => new WorkSighting
        {
            UnansweredFor = unanswered,
            CpuUsed = TimeSpan.FromMilliseconds(cpu),
            NoProgressFor = quiet,
            HeightRise = rise,
            LogGrowth = log,
            EverAnswered = ever,
        });

    private static readonly Gen<DaemonLinkSighting> Links = Gen.OneOf(
        Among.Values<DaemonLinkSighting>(new DaemonLinkSighting.NotLooked(), new DaemonLinkSighting.NotConnected(), new DaemonLinkSighting.Idle()),
        Durations.Select(d => (DaemonLinkSighting)new DaemonLinkSighting.Idle { For = d }),
        Durations.Select(d => (DaemonLinkSighting)new DaemonLinkSighting.RequestOutstanding(d)));

    private static readonly Gen<long?> Heights = Among.Values<long?>(null, 0, 100, 3_000_000, long.MaxValue, long.MinValue);

    private static readonly Gen<ChainSighting> Chains = Gen.Select(
        Heights, Heights, Gen.Bool, Among.Values<TimeSpan?>(null, null, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(31)),
        Among.Values<int?>(null, null, 0, 8), Among.Values<long?>(null, null, 3, 4), Among.Values(false, false, true),
        (height, daemon, rising, age, peers, behind, forked) => new ChainSighting
        {
            Height = height,
            DaemonHeight = daemon,
            Rising = rising,
            LastBlockAge = age,
            Peers = peers,
            BehindMedian = behind,
            HashDiffersFromMajority = forked,
        });

    private static readonly Gen<NodeEvidence> Looked = Gen.Select(
        Processes, Ports, Answers, Works, Links, Among.Values(Enum.GetValues<DaemonSighting>()), Chains,
        Among.Values<LockSighting>(new LockSighting.NotLooked(), new LockSighting.Free(), new LockSighting.Declared(), new LockSighting.Declared(), new LockSighting.Orphan(9, null)),
        (process, port, api, work, link, daemon, chain, held) => Given.Wallet with
        {
            Process = process,
            Port = port,
            Api = api,
            Work = work,
            DaemonLink = link,
            Daemon = daemon,
            Chain = chain,
            Lock = held,
        });

    private static readonly Gen<(ProbeSighting? Probe, TimeSpan? HostAge, VantageSighting Vantage, DesiredState Desired)> Around = Gen.Select(
        Gen.Select(Answers, Durations, (a, d) => new ProbeSighting(a) { Age = d }).Null(),
        Among.Values<TimeSpan?>(null, TimeSpan.Zero, TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(121), TimeSpan.MaxValue),
        Among.Values(
            VantageSighting.Sound, VantageSighting.Sound, VantageSighting.Sound, VantageSighting.Sound, VantageSighting.Sound,
            new VantageSighting(null, 20, 20, 1), new VantageSighting(null, 11, 20, 2), new VantageSighting("no route", 0, 20, 2)),
        Gen.Select(Among.Values(true, true, true, true, false), Times, (runs, at) => runs ? new DesiredState.Running() : (DesiredState)new DesiredState.Stopped("alice", at)),
        (probe, age, vantage, desired) => (probe, age, vantage, desired));

    public static Gen<NodeEvidence> Node { get; } = Gen.Select(
        Looked, Around, Gen.Bool, Gen.Bool, Gen.Bool, Among.Values<int?>(null, 0x1001C, 0x1001D, -1), Among.Values(false, false, true),
        Among.Values<DiskSighting?>(null, new DiskSighting(0, 0), new DiskSighting(1L << 40, 1L << 41), new DiskSighting(long.MaxValue, long.MinValue)),
        (looked, around, daemon, declared, file, version, saveFailed, disk) => looked with
        {
            Kind = daemon ? NodeKind.Daemon : NodeKind.WalletRpc,
            WalletDeclared = declared,
            WalletFileMode = file,
            LastVersion = version,
            SaveFailed = saveFailed,
            Disk = disk,
            Probe = around.Probe,
            HostEvidenceAge = around.HostAge,
            Vantage = around.Vantage,
            Desired = around.Desired,
            Url = declared ? looked.Url : null,
        });
}
