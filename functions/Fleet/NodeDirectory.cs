using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Nodes and agents as they are stored, found by what a client calls them. All of them are 16 range reads side by side; a row that cannot be
/// read hides no other.
/// </summary>
internal sealed partial class NodeDirectory(Monitor monitor)
{
    private readonly ILogger _log = monitor.Logs.CreateLogger<NodeDirectory>();

    /// <summary>By id.</summary>
    public async Task<List<NodeRecord>> AllAsync(CancellationToken cancellation)
    {
        var shards = await Task.WhenAll(Shard.All.Select(s => ListAsync(s, cancellation)));
        return [.. shards.SelectMany(nodes => nodes).OrderBy(n => n.Id.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>By name.</summary>
    public async Task<Dictionary<NodeName, AgentRecord>> AgentsAsync(CancellationToken cancellation)
    {
        var shards = await Task.WhenAll(Shard.All.Select(s => ListAgentsAsync(s, cancellation)));
        return shards.SelectMany(agents => agents).OrderBy(a => a.Name).ToDictionary(a => a.Name);
    }

    public async Task<AgentRecord?> AgentAsync(NodeName name, CancellationToken cancellation) =>
        (await monitor.Table.FindAsync(Keys.Agent(name), CoreJson.Default.AgentRecord, cancellation))?.Value;

    /// <param name="text">A node's id, or a name that only one node has.</param>
    public async Task<NodeLookup> FindAsync(string text, CancellationToken cancellation)
    {
        if (NodeId.TryParse(text, out var id))
        {
            return await FindAsync(id, cancellation) is { } node ? new NodeLookup.Found(node) : new NodeLookup.Missing($"no node has the id {id}");
        }

        if (!NodeName.TryParse(text, out var name))
        {
            return new NodeLookup.Missing($"this is neither a node's id, agent.name, nor a name: {NodeName.Rule}");
        }

        var ids = (await Task.WhenAll(Shard.All.Select(s => NamedAsync(s, name, cancellation)))).SelectMany(found => found).ToList();
        return ids switch
        {
            [] => new NodeLookup.Missing($"no node is called {name}"),
            [var only] => await FindAsync(only, cancellation) is { } node ? new NodeLookup.Found(node) : new NodeLookup.Missing($"no node is called {name} any more"),
            _ => new NodeLookup.Ambiguous([.. ids.Select(i => i.ToString()).Order(StringComparer.Ordinal)]),
        };
    }

    public Task<Stored<NodeRecord>?> FindAsync(NodeId id, CancellationToken cancellation) =>
        monitor.Table.FindAsync(Keys.Node(id), CoreJson.Default.NodeRecord, cancellation);

    /// <summary>All nodes of an agent, also those it does not declare any more.</summary>
    public async Task<List<Stored<NodeRecord>>> OfAsync(NodeName agent, CancellationToken cancellation)
    {
        var found = new List<Stored<NodeRecord>>();
        foreach (var shard in Shard.All)
        {
            await foreach (var node in monitor.Table.ListAsync(shard, KeyRange.Prefix(Keys.NodesOf(agent)), int.MaxValue, CoreJson.Default.NodeRecord, cancellation))
            {
                found.Add(node);
            }
        }

        return found;
    }

    private async Task<List<NodeRecord>> ListAsync(Shard shard, CancellationToken cancellation)
    {
        var nodes = new List<NodeRecord>();
        await foreach (var node in monitor.Table.ListReadableAsync(shard, KeyRange.Prefix(Keys.Nodes), CoreJson.Default.NodeRecord, e => Log.Unreadable(_log, e.Message), cancellation))
        {
            nodes.Add(node.Value);
        }

        return nodes;
    }

    private async Task<List<AgentRecord>> ListAgentsAsync(Shard shard, CancellationToken cancellation)
    {
        var agents = new List<AgentRecord>();
        await foreach (var agent in monitor.Table.ListReadableAsync(shard, KeyRange.Prefix(Keys.Agents), CoreJson.Default.AgentRecord, e => Log.Unreadable(_log, e.Message), cancellation))
        {
            agents.Add(agent.Value);
        }

        return agents;
    }

    /// <summary>By the keys alone.</summary>
    private async Task<List<NodeId>> NamedAsync(Shard shard, NodeName name, CancellationToken cancellation)
    {
        var ids = new List<NodeId>();
        await foreach (var row in monitor.Table.RangeAsync(shard, KeyRange.Prefix(Keys.Nodes), int.MaxValue, cancellation))
        {
            if (NodeId.TryParse(row.Key.Key[Keys.Nodes.Length..], out var id) && id.Name == name)
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "left out of a listing: {Reason}")]
        public static partial void Unreadable(ILogger log, string reason);
    }
}
