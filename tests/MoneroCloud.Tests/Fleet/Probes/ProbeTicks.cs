using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Ticks over many remote nodes that all answer alike, without a network: what is stored of them.</summary>
internal static class ProbeTicks
{
    public static readonly ApiAnswer Well = new ApiAnswer.Answered(65561, TimeSpan.FromMilliseconds(3), new WalletAnswer.NotAsked());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <returns>What was stored, for the dispatcher.</returns>
    public static async Task<List<RowChange>> StoreAsync(MonitorRig rig, IEnumerable<NodeId> ids, ApiAnswer answer)
    {
        var (monitor, due) = (rig.NewMonitor(), new List<RowChange>());
        foreach (var shard in ids.GroupBy(id => Keys.Node(id).Shard))
        {
            var known = new Dictionary<NodeId, Stored<NodeRecord>>();
            await foreach (var node in rig.Table.ListAsync(shard.Key, KeyRange.Prefix(Keys.Nodes), int.MaxValue, CoreJson.Default.NodeRecord, Cancellation))
            {
                known[node.Value.Id] = node;
            }

            var probed = shard.Select(id => known.GetValueOrDefault(id) ?? new Stored<NodeRecord>(NodeRecord.New(id, NodeKind.WalletRpc, rig.Time.GetUtcNow()), null))
                .ToDictionary(n => Keys.Node(n.Value.Id), n => new GatheredNode(n, answer, rig.Time.GetUtcNow()));
            await new ProbeWriter(monitor, VantageSighting.Sound).WriteAsync(probed, due, Cancellation);
        }

        return due;
    }
}
