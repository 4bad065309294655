using MoneroCloud.Core;
using MoneroCloud.Tests.Api;

namespace MoneroCloud.Tests.Metrics;

/// <summary>Nodes with evidence, as reports leave them.</summary>
internal static class StoredEvidence
{
    public static NodeRecord Wallet(string id, long height = 3_100_000, HealthState state = HealthState.Up, Condition condition = Condition.Healthy, DateTimeOffset? now = null) =>
        StoredFleet.Node(id, state, condition, now) with
        {
            Restarts = 2,
            Tally = new CheckTally { Up = 5, Down = 1, LatencyUs = 8_000, Latencies = [1, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1] },
            Host = Host(
                new HostEvidence
                {
                    Api = new ApiAnswer.Answered(65561, TimeSpan.FromMilliseconds(3), new WalletAnswer.Open(height)),
                    Port = new PortSighting.Own(1),
                    Chain = new ChainSighting { Height = height, DaemonHeight = height + 4 },
                },
                now),
        };

    public static NodeRecord Daemon(string id, long height = 3_100_004, DateTimeOffset? now = null) => StoredFleet.Node(id, now: now) with
    {
        Kind = NodeKind.Daemon,
        WalletDeclared = false,
        Host = Host(
            new HostEvidence { Api = new ApiAnswer.Answered(196_621, TimeSpan.FromMilliseconds(1), new WalletAnswer.NotAsked()) { Chain = new ChainAnswer.Told { Height = height } }, Port = new PortSighting.Own(0) },
            now),
    };

    private static HostSighting Host(HostEvidence evidence, DateTimeOffset? now)
    {
        var at = (now ?? ApiSetup.Noon).AddSeconds(-10);
        return new HostSighting(1, new ObservedEvidence(9, at, 1, new VerdictRow(Condition.Healthy, 1, [at]), evidence), at);
    }
}
