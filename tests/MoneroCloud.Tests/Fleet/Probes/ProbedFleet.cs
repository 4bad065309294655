using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>
/// Agents whose nodes the monitor reaches too, minute by minute: reports, a tick of the probe timer, sweeps and deliveries. All nodes of an agent
/// are behind one address, which answers or not.
/// </summary>
internal sealed class ProbedFleet : IAsyncDisposable
{
    private readonly MonitorRig _rig = new();
    private readonly Dictionary<NodeName, Uri> _addresses = [];
    private readonly Dictionary<NodeName, ScriptedHttpPeer> _peers = [];

    public MonitorRig Rig => _rig;

    public List<SimulatedAgent> Agents { get; } = [];

    /// <summary>Agents that report.</summary>
    public HashSet<NodeName> Reporting { get; } = [];

    public static async Task<ProbedFleet> StartAsync(int agents, int nodes)
    {
        var fleet = new ProbedFleet();
        foreach (var name in Enumerable.Range(1, agents).Select(i => NodeName.Parse($"host{i}")))
        {
            fleet.Agents.Add(new SimulatedAgent(name, Given.Now, [.. Enumerable.Range(1, nodes).Select(i => $"node{i}")]));
            fleet.Reporting.Add(name);
            fleet._addresses[name] = ProbeTargets.Nobody();
            fleet.Answer(name, ProbeTargets.Healthy);
        }

        await fleet._rig.EnrolAsync([.. fleet.Agents.Select(a => a.Name)]);
        foreach (var node in fleet.Agents.SelectMany(a => a.Nodes))
        {
            node.Healthy();
        }

        fleet.Aim(fleet.Agents.SelectMany(a => a.Nodes).Select(n => n.Id));
        await fleet.MinutesAsync(5);
        Assert.Empty(fleet._rig.Told);
        return fleet;
    }

    /// <summary>Only these nodes are probed.</summary>
    public void Aim(IEnumerable<NodeId> probed) => _rig.Policy = _rig.Policy.With([.. probed.Select(id => ProbeTargets.Agents(id, _addresses[id.Agent]))]);

    /// <summary>From here on all probed nodes of the agent answer so; until then nobody listens.</summary>
    public void Answer(NodeName agent, params PeerScript[] scripts) => _peers[agent] = ScriptedHttpPeer.Start(_addresses[agent].Port, scripts);

    /// <summary>Nobody listens any more at the nodes of the agent.</summary>
    public async Task RefuseAsync(NodeName agent)
    {
        await _peers[agent].DisposeAsync();
        _peers.Remove(agent);
    }

    public async Task MinutesAsync(int minutes)
    {
        for (var i = 0; i < minutes; i++)
        {
            foreach (var agent in Agents.Where(a => Reporting.Contains(a.Name)))
            {
                agent.Now = _rig.Time.GetUtcNow();
                agent.Nodes.ForEach(n => n.Healthy());
                Assert.IsType<TriggerResult.Done>(await _rig.TakeAsync(agent));
            }

            await _rig.DeliverAsync();
            await _rig.PassAsync(TimeSpan.FromSeconds(30));
            Assert.IsType<TriggerResult.Done>(await TickAsync());
            await _rig.DeliverAsync();
            await _rig.PassAsync(TimeSpan.FromSeconds(30));
        }
    }

    public async Task<TriggerResult> TickAsync()
    {
        using var monitor = new ProbingMonitor(_rig.NewMonitor() with { Time = new StoppedTimers(_rig.Time) });
        return await monitor.TickAsync();
    }

    /// <summary>As the API shows it.</summary>
    public async Task<NodeView> ViewAsync(NodeId id) =>
        NodeViews.Of((await _rig.NodeAsync(id))!, await _rig.AgentAsync(id.Agent), _rig.Policy, _rig.Time.GetUtcNow());

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers.Values)
        {
            await peer.DisposeAsync();
        }

        _rig.Dispose();
    }
}
