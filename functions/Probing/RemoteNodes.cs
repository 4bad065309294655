using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Nodes without an agent, which the monitor's own configuration declares: their records come and go with it.</summary>
internal sealed class RemoteNodes(Monitor monitor)
{
    /// <summary>Once: each shard's tick would look through all of them else.</summary>
    private readonly ILookup<Shard, ProbeTarget> _declared = monitor.Policy.Targets.Values.Where(t => t.Kind is not null).ToLookup(t => Keys.Node(t.Id).Shard);

    public async Task<List<Stored<NodeRecord>>> SyncAsync(Shard shard, List<Stored<NodeRecord>> nodes, CancellationToken cancellation)
    {
        var declared = _declared[shard].ToDictionary(t => t.Id);
        var kept = new List<Stored<NodeRecord>>();
        foreach (var node in nodes)
        {
            if (node.Value.Id.Agent.ToString() != NodeId.Remote)
            {
                kept.Add(node);
            }
            else if (declared.Remove(node.Value.Id, out var target))
            {
                kept.Add(await DeclareAsync(node, target, cancellation));
            }
            else
            {
                await monitor.Table.CommitAsync(NodeRows.Removed(node, await monitor.Incidents.RemovedAsync(node.Value.Id.ToString(), cancellation), monitor.Now), cancellation);
            }
        }

        foreach (var target in declared.Values)
        {
            kept.Add(await DeclareAsync(new Stored<NodeRecord>(NodeRecord.New(target.Id, target.Kind!.Value, monitor.Now), null), target, cancellation));
        }

        return kept;
    }

    /// <summary>A node whose declaration changed is written at once, so that it is there before its first probe has ended.</summary>
    private async Task<Stored<NodeRecord>> DeclareAsync(Stored<NodeRecord> node, ProbeTarget target, CancellationToken cancellation)
    {
        var next = node.Value with
        {
            Kind = target.Kind!.Value,
            Port = target.Address.Port,
            Tls = target.Address.Scheme == Uri.UriSchemeHttps,
            WalletDeclared = target.WalletDeclared,
            Available = target.Available,
            Labels = target.Labels,
        };
        // By their texts only where one of them has labels: those are compared by reference.
        if (node.Version is not null && (next == node.Value || Text(next) == Text(node.Value)))
        {
            return node;
        }

        var rows = monitor.Rows.Of(node, NodeChange.None(next), null, [], monitor.Now);
        return await monitor.Table.CommitAsync(rows, cancellation) is CommitResult.Committed committed
            ? Documents.Read(rows[0].Written! with { Version = committed.Versions[rows[0].Key] }, CoreJson.Default.NodeRecord)
            : node with { Value = next };
    }

    private static string Text(NodeRecord node) => JsonSerializer.Serialize(node, CoreJson.Default.NodeRecord);
}
