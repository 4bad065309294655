using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// <c>probe</c>: asks the nodes that the monitor reaches by itself. A small fleet in one run, so that the share of failures is taken over all
/// of it; past 300 nodes one message a shard, and the platform spreads them over instances.
/// </summary>
internal sealed class ProbeTrigger(Monitor monitor, ShardProbe shards, VantageDoubts doubts) : ITrigger
{
    /// <summary>Nodes that one run probes by itself.</summary>
    private const int MostInOneRun = 300;

    public string Name => "probe";

    public async Task<TriggerResult> InvokeAsync(TriggerCall call, CancellationToken cancellation)
    {
        try
        {
            return await TotalAsync(cancellation) <= MostInOneRun ? await RunAsync(cancellation) : await SendAsync(cancellation);
        }
        catch (StorageUnavailableException e)
        {
            return new TriggerResult.Failed(e.Message);
        }
    }

    private async Task<int> TotalAsync(CancellationToken cancellation)
    {
        var summaries = await Task.WhenAll(Shard.All.Select(s => Summaries.FindAsync(monitor.Table, s, cancellation)));
        return Math.Max(monitor.Policy.Targets.Count, summaries.Sum(s => s?.Value.Total ?? 0));
    }

    /// <summary>All leases, then all evidence and beside it the look at the own network, then one look at the whole, then the writing. A shard whose lease is lost stops no other.</summary>
    private async Task<TriggerResult> RunAsync(CancellationToken cancellation)
    {
        var held = (await Task.WhenAll(Shard.All.Select(s => HeldShard.TryTakeAsync(monitor, s, cancellation)))).OfType<HeldShard>().ToArray();
        try
        {
            var own = monitor.SelfCheck.RunAsync(cancellation);
            var gathering = Task.WhenAll(held.Select(h => h.TryAsync(token => shards.GatherAsync(h.Shard, token), cancellation)));
            await Task.WhenAll(own, gathering);
            var ticks = await gathering;
            var vantage = Vantages.Of(await own, ticks.OfType<ShardTick>().ToArray());
            await doubts.NoteAsync(vantage, [.. held.Select(h => h.Shard)], cancellation);
            await Task.WhenAll(held.Zip(ticks, (h, tick) => tick is null ? Task.FromResult<ShardTick?>(null) : h.TryAsync(token => shards.StoreAsync(tick, vantage, token), cancellation)));
            return TriggerResult.Done.Instance;
        }
        finally
        {
            await Task.WhenAll(held.Select(h => h.DisposeAsync().AsTask()));
        }
    }

    private async Task<TriggerResult> SendAsync(CancellationToken cancellation)
    {
        var tick = monitor.Now;
        var failed = 0;
        foreach (var shard in Shard.All)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(new ShardMessage(shard.Number, tick), MonitorJson.Default.ShardMessage);
            var message = new BusMessage { MessageId = $"{shard}:{tick.ToUnixTimeSeconds()}", Body = body, TimeToLive = monitor.Policy.ProbePeriod };
            failed += await monitor.Bus.SendAsync(Names.ProbeShardsQueue, message, cancellation) is BusSend.Accepted ? 0 : 1;
        }

        return failed == 0 ? TriggerResult.Done.Instance : new TriggerResult.Failed($"{failed} of {Shard.Count} shards could not be sent to the bus");
    }
}
