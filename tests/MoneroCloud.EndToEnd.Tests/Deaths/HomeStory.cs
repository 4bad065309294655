using MoneroCloud.Tests;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>What happens on a host, round by round: one node restarts, and of two others one goes down for good and one comes back. Three alerts a round.</summary>
internal static class HomeStory
{
    public const int AlertsOfARound = 3;

    public static string[] Nodes { get; } = ["restarts", "even", "odd"];

    /// <summary>So that each round is as the others: one alert.</summary>
    public static void Begin(SimulatedAgent agent) => Fail(agent.Nodes[2]);

    public static void Happen(SimulatedAgent agent, int round)
    {
        var (down, up) = round % 2 == 0 ? (1, 2) : (2, 1);
        agent.Now += TimeSpan.FromSeconds(1);
        agent.Nodes[0].Kill();
        agent.Nodes[0].Spawn();
        BusAgent.Recover(agent.Nodes[0]);
        Fail(agent.Nodes[down]);
        agent.Nodes[up].Spawn();
        BusAgent.Recover(agent.Nodes[up]);
    }

    private static void Fail(SimulatedNode node)
    {
        node.Kill();
        node.OpenBreaker();
    }
}
