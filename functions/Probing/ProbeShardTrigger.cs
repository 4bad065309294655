using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>probe-shard</c>: one shard of a fleet that is too large for one run.</summary>
internal sealed class ProbeShardTrigger(Monitor monitor, ShardProbe shards) : ITrigger
{
    public string Name => "probe-shard";

    public async Task<TriggerResult> InvokeAsync(TriggerCall call, CancellationToken cancellation)
    {
        if (call is not TriggerCall.Bus bus || Read(bus.Body) is not { } message)
        {
            await Refusals.CountAsync(monitor, Names.ProbeShardsQueue, "malformed", cancellation);
            return new TriggerResult.Refused("the message names no shard");
        }

        if (monitor.Now - message.Tick > monitor.Policy.ProbePeriod)
        {
            return TriggerResult.Done.Instance; // The next tick is on its way already.
        }

        try
        {
            return await RunAsync(new Shard(message.Shard), cancellation);
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

        try
        {
            var tick = await shards.GatherAsync(shard, held.Token);
            await shards.StoreAsync(tick, Vantages.Of(tick), held.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The lease was lost: whoever has it probes the shard.
        }

        return TriggerResult.Done.Instance;
    }
}
