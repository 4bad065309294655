using MoneroCloud.Core;
using MoneroCloud.Tests;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>
/// One host of the fleet: three nodes of which something certain happens each round (<see cref="HomeStory"/>), one that only operators restart, and
/// others that hang until the monitor orders their restart.
/// </summary>
internal sealed class FleetHost(BusAgent agent, string name)
{
    private const int Others = 4;

    private readonly Dictionary<NodeId, int> _hangs = [];
    private readonly HashSet<NodeId> _hung = [];

    public static string[] Nodes { get; } = [.. HomeStory.Nodes, "ordered", .. Enumerable.Range(0, Others).Select(i => $"hangs-{i}")];

    public string Name => name;

    public BusAgent Agent => agent;

    public int Rounds { get; private set; }

    public string Ordered => $"{name}.ordered";

    /// <summary>Of each node, how often it hung.</summary>
    public IReadOnlyDictionary<NodeId, int> Hangs => _hangs;

    /// <summary>Faults of each node that are found by themselves: of the two that end and come back in turn, and of those that hang.</summary>
    public Dictionary<NodeId, int> Faults => new(_hangs)
    {
        [new NodeId(NodeName.Parse(name), NodeName.Parse("even"))] = (Rounds + 1) / 2,
        [new NodeId(NodeName.Parse(name), NodeName.Parse("odd"))] = 1 + (Rounds / 2),
    };

    public bool AnyHangs
    {
        get
        {
            Forget();
            return _hung.Count > 0;
        }
    }

    public void Begin() => agent.Do(HomeStory.Begin);

    /// <summary>A round, and one more node that hangs, if one is left.</summary>
    public void Happen(bool hangs)
    {
        var round = Rounds++;
        Forget();
        agent.Do(simulated =>
        {
            simulated.Now = Later(simulated.Now, TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(1));
            HomeStory.Happen(simulated, round);
            simulated.Nodes.Where(n => _hung.Contains(n.Id)).ToList().ForEach(n => n.Hung()); // It is looked at again and again.
            if (hangs && simulated.Nodes.Skip(HomeStory.Nodes.Length + 1).FirstOrDefault(n => !_hung.Contains(n.Id)) is { } node)
            {
                Hang(node);
            }
        });
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private void Hang(SimulatedNode node)
    {
        node.Hung();
        node.Hung();
        node.Hung();
        _hung.Add(node.Id);
        _hangs[node.Id] = _hangs.GetValueOrDefault(node.Id) + 1;
    }

    /// <summary>Those that an order has restarted meanwhile.</summary>
    private void Forget() => agent.Do(simulated => _hung.RemoveWhere(id => simulated.Nodes.Single(n => n.Id == id).State == HealthState.Up));
}
