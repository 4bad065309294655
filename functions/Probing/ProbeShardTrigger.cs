using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>probe-shard</c>: one shard of a fleet that is too large for one run.</summary>
internal sealed class ProbeShardTrigger(Monitor monitor, ShardProbe shards, VantageDoubts doubts) : ITrigger
{
    public string Name => "probe-shard";

    public async Task<TriggerResult> InvokeAsync(TriggerCall call, CancellationToken cancellation)
    {
        try
        {
            if (call is not TriggerCall.Bus bus || Read(bus.Body) is not { } message)
            {
                await Refusals.CountAsync(monitor, Names.ProbeShardsQueue, "malformed", cancellation);
                return new TriggerResult.Refused("the message names no shard");
            }

            // Of an older one the next tick is on its way already.
            return monitor.Now - message.Tick > monitor.Policy.ProbePeriod ? TriggerResult.Done.Instance : await RunAsync(new Shard(message.Shard), cancellation);
        }
        catch (StorageUnavailableException)
        {
            return TriggerResult.Done.Instance; // A tick is worth nothing later: the next one comes by itself.
        }
    }

    private static ShardMessage? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, MonitorJson.Default.ShardMessage) is { Shard: >= 0 and < Shard.Count } message ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<TriggerResult> RunAsync(Shard shard, CancellationToken cancellation)
    {
        await using var held = await HeldShard.TryTakeAsync(monitor, shard, cancellation);
        if (held is null)
        {
            return TriggerResult.Done.Instance;
        }

        var own = monitor.SelfCheck.RunAsync(cancellation);
        var gathering = held.TryAsync(token => shards.GatherAsync(shard, token), cancellation);
        await Task.WhenAll(own, gathering);
        if (await gathering is { } tick)
        {
            var vantage = Vantages.Of(await own, tick);
            await doubts.NoteAsync(vantage, [shard], cancellation);
            await held.TryAsync(token => shards.StoreAsync(tick, vantage, token), cancellation);
        }

        return TriggerResult.Done.Instance;
    }
}
