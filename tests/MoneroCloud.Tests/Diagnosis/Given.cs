using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Evidence to begin a test with: what a host and its node look like, each with one thing the matter at most.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2025, 1, 15, 10, 30, 45, TimeSpan.Zero);

    public static readonly ApiAnswer TimedOut = new ApiAnswer.TimedOut(TimeSpan.FromSeconds(5));

    public static readonly ApiAnswer Refused = new ApiAnswer.Refused();

    /// <summary>wallet-rpc 0.18.0.0.</summary>
    public const int WalletVersion = 0x10019;

    public const int DaemonVersion = 0x3000A;

    /// <summary>A wallet-rpc with an open wallet that answers its host, an hour old.</summary>
    public static NodeEvidence Wallet { get; } = new()
    {
        Kind = NodeKind.WalletRpc,
        At = Now,
        Number = new ObservationNumber(1, 1),
        Url = new Uri("http://127.0.0.1:18210/json_rpc"),
        WalletDeclared = true,
        Process = Alive(TimeSpan.FromHours(1)),
        Port = new PortSighting.Own(0),
        Api = Answered(WalletVersion, new WalletAnswer.Open(3_210_000)),
        Work = new WorkSighting { EverAnswered = true },
        DaemonLink = new DaemonLinkSighting.Idle(),
        Lock = new LockSighting.Declared(),
        HostEvidenceAge = TimeSpan.Zero,
    };

    public static NodeEvidence Daemon { get; } = Wallet with
    {
        Kind = NodeKind.Daemon,
        WalletDeclared = false,
        Api = Answered(DaemonVersion, new WalletAnswer.NotAsked()),
        Lock = new LockSighting.NotLooked(),
        DaemonLink = new DaemonLinkSighting.NotLooked(),
    };

    /// <summary>A node without an agent: nobody looks but the monitor.</summary>
    public static NodeEvidence Remote(ApiAnswer probe) => new()
    {
        Kind = NodeKind.WalletRpc,
        At = Now,
        Number = new ObservationNumber(1, 1),
        Url = new Uri("https://wallet.example:18083/json_rpc"),
        Probe = new ProbeSighting(probe),
    };

    /// <summary>The wallet, silent and asleep for so long; one connection waits.</summary>
    public static NodeEvidence Silent(int seconds, NodeEvidence? of = null) => (of ?? Wallet) with
    {
        Api = TimedOut,
        Port = new PortSighting.Own(3),
        Work = new WorkSighting { EverAnswered = true, UnansweredFor = TimeSpan.FromSeconds(seconds), NoProgressFor = TimeSpan.FromSeconds(seconds) },
    };

    public static ApiAnswer Answered(int version, WalletAnswer wallet) => new ApiAnswer.Answered(version, TimeSpan.FromMilliseconds(12.3), wallet);

    public static ProcessSighting.Alive Alive(TimeSpan age, ProcessRunState state = ProcessRunState.Sleeping) => new()
    {
        Identity = new ProcessIdentity("9d1c1b0e-0000-4000-8000-000000000000", 812, 4711, "host.main:0123456789abcdef:x"),
        RunState = state,
        Age = age,
    };

    /// <summary>The diagnosis by the default budgets.</summary>
    public static Diagnosis Diagnosed(this NodeEvidence evidence) => Diagnoser.Diagnose(evidence, DiagnosisPolicy.Default);

    public static void MustBe(
        this Diagnosis diagnosis, Condition condition, HealthState? state, Certainty certainty, Remedy remedy, string explanation)
    {
        Assert.Equal((condition, state, certainty, remedy), (diagnosis.Condition, diagnosis.State, diagnosis.Certainty, diagnosis.Remedy));
        Assert.Equal(explanation, diagnosis.Explanation);
    }
}
