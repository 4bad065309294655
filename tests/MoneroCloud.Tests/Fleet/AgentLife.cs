using CsCheck;
using MoneroCloud.Core;

namespace MoneroCloud.Tests;

/// <summary>Something that happens to a node of an agent, so many seconds after what happened before.</summary>
internal sealed record LifeStep(string What, int Seconds);

/// <summary>Random lives: everything that can happen to a node under an agent, in any order.</summary>
internal static class AgentLife
{
    private static NodeEvidence Busy { get; } = Given.Wallet with
    {
        Api = Given.TimedOut,
        Work = new WorkSighting { EverAnswered = true, UnansweredFor = TimeSpan.FromSeconds(90), CpuUsed = TimeSpan.FromSeconds(2) },
    };

    private static readonly Dictionary<string, Action<SimulatedAgent, SimulatedNode>> Deeds = new()
    {
        ["healthy"] = (_, n) => n.Healthy(),
        ["healthy again"] = (_, n) => n.Healthy(),
        ["silent"] = (_, n) => n.Observe(Given.Silent(10)),
        ["hung"] = (_, n) => n.Hung(),
        ["hung again"] = (_, n) => n.Hung(),
        ["port closed"] = (_, n) => n.Observe(Given.Silent(40) with { Api = Given.Refused, Port = new PortSighting.Nobody() }),
        ["busy"] = (_, n) => n.Observe(Busy),
        ["no wallet"] = (_, n) => n.Observe(Given.Wallet with { Api = Given.Answered(Given.WalletVersion, new WalletAnswer.NotOpen()) }),
        ["login rejected"] = (_, n) => n.Observe(Given.Wallet with { Api = new ApiAnswer.Unauthorized(false) }),
        ["bad answer"] = (_, n) => n.Observe(Given.Wallet with { Api = new ApiAnswer.HttpStatus(502) }),
        ["port taken"] = (_, n) => n.Observe(Given.Wallet with { Port = new PortSighting.Taken(77, "nginx") }),
        ["own failure"] = (_, n) => n.Observe(Given.Wallet with { Api = new ApiAnswer.OwnFailure("no descriptors") }),
        ["disk low"] = (_, n) => WhileAlive(n, Given.Wallet with { Disk = new DiskSighting(1, 1L << 40) }),
        ["killed and spawned"] = (_, n) => Restarted(n, expected: false),
        ["killed"] = (_, n) => n.Kill(),
        ["save failed"] = (_, n) => n.Kill(cause: ExitCause.SaveFailed),
        ["spawned"] = (_, n) => Spawned(n),
        ["not spawned"] = (_, n) => NotSpawned(n),
        ["breaker"] = (_, n) => Broken(n),
        ["restart ordered"] = (_, n) => Ordered(n, "restart"),
        ["stop ordered"] = (_, n) => Ordered(n, "stop"),
        ["start ordered"] = (_, n) => Ordered(n, "start"),
        ["disabled"] = (_, n) => Ordered(n, "disable"),
        ["enabled"] = (_, n) => Ordered(n, "enable"),
        ["agent restarted"] = (a, _) => a.Restart(),
        ["clock set back"] = (a, _) => a.Now -= TimeSpan.FromHours(3),
        ["wallet opened"] = (a, n) => a.Add(n.Name, new NodeFact.WalletOpened(1200)),
        ["agent's own event"] = (a, _) => a.Add(null, new NodeFact.OrderRefused(null, "it is no order")),
    };

    public static Gen<LifeStep[]> Steps { get; } =
        Gen.Select(Among.Values(Deeds.Keys.ToArray()), Gen.Int[1, 9], (what, seconds) => new LifeStep(what, seconds)).Array[1, 25];

    public static void Live(this SimulatedAgent agent, SimulatedNode node, LifeStep step)
    {
        agent.Now += TimeSpan.FromSeconds(step.Seconds);
        Deeds[step.What](agent, node);
    }

    // A note that appears while nothing changes is told with whichever report shows it first, so it has no place of its own.
    private static void WhileAlive(SimulatedNode node, NodeEvidence evidence)
    {
        if (node.Pid is not null)
        {
            node.Observe(evidence);
        }
    }

    private static void Restarted(SimulatedNode node, bool expected)
    {
        node.Kill(expected ? 15 : 9, expected);
        Spawned(node);
    }

    private static void Spawned(SimulatedNode node)
    {
        if (node.Pid is null)
        {
            node.Spawn();
        }
    }

    private static void NotSpawned(SimulatedNode node)
    {
        if (node.Pid is null)
        {
            node.FailToSpawn();
        }
    }

    private static void Broken(SimulatedNode node)
    {
        node.Kill();
        node.OpenBreaker();
    }

    private static void Ordered(SimulatedNode node, string verb)
    {
        node.Order(verb);
        if (verb is "stop" or "disable")
        {
            node.Kill(15, expected: true);
        }
        else if (node.IsWanted)
        {
            Restarted(node, expected: true);
        }
    }
}
