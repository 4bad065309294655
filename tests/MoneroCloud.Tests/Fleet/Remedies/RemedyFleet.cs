using System.Text.Json;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>A fleet and its monitor, where nodes hang and agents do as they are ordered.</summary>
internal sealed class RemedyFleet : IDisposable
{
    public MonitorRig Rig { get; init; } = new();

    public List<SimulatedAgent> Agents { get; } = [];

    public SimulatedAgent Agent => Agents[0];

    public SimulatedNode Node => Agent.Node;

    /// <summary>All automatic orders that were sent, each once, in their order.</summary>
    public IReadOnlyList<Order> Orders =>
    [
        .. Rig.Bus.Sent.Where(s => s.Queue.StartsWith("commands-", StringComparison.Ordinal) && !s.Message.MessageId.StartsWith("ack:", StringComparison.Ordinal))
            .Select(s => JsonSerializer.Deserialize(SentPayload.Of(s.Message.Body), CoreJson.Default.Order)!)
            .Where(o => o.Automatic is not null)
            .DistinctBy(o => o.Id),
    ];

    /// <summary>Agents with so many nodes each, all of them healthy.</summary>
    public static async Task<RemedyFleet> BeginAsync(int agents = 1, int nodes = 1, MonitorRig? rig = null)
    {
        var fleet = new RemedyFleet { Rig = rig ?? new MonitorRig() };
        for (var i = 0; i < agents; i++)
        {
            var name = i == 0 ? MonitorRig.Home : NodeName.Parse($"host-{i}");
            await fleet.Rig.EnrolAsync(name);
            fleet.Agents.Add(new SimulatedAgent(name, Given.Now, [.. Enumerable.Range(0, nodes).Select(n => n == 0 ? "main-node" : $"node-{n}")]));
        }

        await fleet.AfterAsync(2, n => n.Healthy());
        await fleet.AfterAsync(2, n => n.Healthy());
        return fleet;
    }

    /// <summary>So many seconds pass, with a report each minute, then the deed to each node; every agent reports.</summary>
    public async Task AfterAsync(int seconds, Action<SimulatedNode>? deed = null)
    {
        for (; seconds > 60; seconds -= 60)
        {
            await TellAsync(60, null);
        }

        await TellAsync(seconds, deed);
    }

    /// <summary>Hung, and confirmed.</summary>
    public async Task HangAsync(Func<SimulatedNode, bool>? which = null)
    {
        Action<SimulatedNode> deed = n => { if (which?.Invoke(n) != false) { n.Hung(); } };
        await AfterAsync(10, deed);
        await AfterAsync(10, deed);
    }

    /// <summary>The agent has taken it and says how it ended; a new life answers where it was done.</summary>
    public async Task CarryOutAsync(Order order, OutcomeResult result = OutcomeResult.Done)
    {
        var agent = Agents.Single(a => a.Name == order.Audience);
        var node = agent.Nodes.Single(n => n.Name == order.Node);
        await AfterAsync(1);
        agent.Add(node.Name, new NodeFact.OrderTaken(order.Id, order.Verb));
        if (result == OutcomeResult.Done)
        {
            node.Kill(15, expected: true);
            node.Spawn();
            node.Healthy();
        }

        agent.Add(node.Name, new NodeFact.OrderEnded(order.Id, new Outcome { Result = result, Text = $"it ended so: {result}", Before = order.Identity, After = node.Life }));
        await AfterAsync(1);
    }

    public async Task<NodeRecord> RecordAsync(SimulatedNode? node = null) => (await Rig.NodeAsync((node ?? Node).Id))!;

    public void Dispose() => Rig.Dispose();

    private async Task TellAsync(int seconds, Action<SimulatedNode>? deed)
    {
        await Rig.PassAsync(TimeSpan.FromSeconds(seconds));
        foreach (var agent in Agents)
        {
            agent.Now = Rig.Time.GetUtcNow();
            agent.Nodes.ForEach(n => deed?.Invoke(n));
            Assert.IsType<Functions.TriggerResult.Done>(await Rig.TakeAsync(agent));
        }

        await Rig.DeliverAsync();
    }
}
