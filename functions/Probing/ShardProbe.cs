using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>One tick over one shard: gather all evidence first, then judge it, then store it.</summary>
internal sealed partial class ShardProbe(Monitor monitor, ProbeClients clients, SemaphoreSlim slots, Dispatcher dispatcher)
{
    private readonly ILogger _log = monitor.Logs.CreateLogger<ShardProbe>();
    private readonly RemoteNodes _remote = new(monitor);

    public async Task<ShardTick> GatherAsync(Shard shard, CancellationToken cancellation)
    {
        var begun = monitor.Time.GetTimestamp();
        var nodes = new List<Stored<NodeRecord>>();
        await foreach (var node in monitor.Table.ListReadableAsync(shard, KeyRange.Prefix(Keys.Nodes), CoreJson.Default.NodeRecord, e => Log.Unreadable(_log, e.Message), cancellation))
        {
            nodes.Add(node);
        }

        nodes = await _remote.SyncAsync(shard, nodes, cancellation);
        var tick = new ShardTick(shard, [.. await Task.WhenAll(nodes.Select(n => AskAsync(n, cancellation)))], begun);
        foreach (var node in tick.Nodes)
        {
            monitor.Daemons.Note(node.AsSeen());
        }

        return tick;
    }

    public async Task<ShardTick> StoreAsync(ShardTick tick, VantageSighting vantage, CancellationToken cancellation)
    {
        var due = new List<RowChange>();
        var probed = tick.Nodes.Where(n => n.Answer is not null).ToDictionary(n => Keys.Node(n.Node.Value.Id));
        if (KnownDaemons.Row(tick.Shard, tick.Nodes.Select(n => n.AsSeen())) is { } daemons)
        {
            await monitor.Table.CommitAsync([daemons], cancellation);
            await monitor.Daemons.RefreshAsync(monitor, cancellation);
        }

        await new ProbeWriter(monitor, vantage).WriteAsync(probed, due, cancellation);
        await Summaries.WriteAsync(
            monitor.Table,
            tick.Shard,
            summary => summary with { TickedAt = monitor.Now, TickSeconds = monitor.Time.GetElapsedTime(tick.Begun).TotalSeconds, Total = tick.Nodes.Length, Probed = probed.Count },
            cancellation);
        await dispatcher.DispatchAsync(due, cancellation);
        return tick;
    }

    private async Task<GatheredNode> AskAsync(Stored<NodeRecord> node, CancellationToken cancellation)
    {
        if (!node.Value.Available || node.Value.Desired is DesiredState.Stopped || monitor.Policy.Targets.GetValueOrDefault(node.Value.Id) is not { } target)
        {
            return new GatheredNode(node, null, monitor.Now);
        }

        await slots.WaitAsync(cancellation);
        try
        {
            return new GatheredNode(node, await clients.AskAsync(target, node.Value.Kind, node.Value.WalletDeclared, cancellation), monitor.Now);
        }
        finally
        {
            slots.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "a node is not probed: {Reason}")]
        public static partial void Unreadable(ILogger log, string reason);
    }
}
