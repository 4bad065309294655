using MoneroCloud.Functions;
using Xunit;
using Monitor = MoneroCloud.Functions.Monitor;

namespace MoneroCloud.Tests;

/// <summary>One process of the monitor that probes over a real network; several may share a rig's table.</summary>
internal sealed class ProbingMonitor : IDisposable
{
    private readonly ProbeClients _clients;
    private readonly SemaphoreSlim _slots;
    private readonly ProbeTrigger _probe;
    private readonly ProbeShardTrigger _shard;

    /// <param name="deadline">For one probe, by the real clock.</param>
    public ProbingMonitor(Monitor monitor, TimeSpan? deadline = null)
    {
        _clients = new ProbeClients(TimeProvider.System, deadline ?? TimeSpan.FromSeconds(5));
        _slots = new SemaphoreSlim(monitor.Policy.ProbeConcurrency);
        var dispatcher = new Dispatcher(monitor);
        var doubts = new VantageDoubts(monitor, dispatcher);
        var shards = new ShardProbe(monitor, _clients, _slots, dispatcher);
        (_probe, _shard) = (new ProbeTrigger(monitor, shards, doubts), new ProbeShardTrigger(monitor, shards, doubts));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<TriggerResult> TickAsync() => _probe.InvokeAsync(new TriggerCall.Timer(false, null), Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

    public Task<TriggerResult> TakeAsync(ReadOnlyMemory<byte> message) =>
        _shard.InvokeAsync(new TriggerCall.Bus(message, "m", 1, null), Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

    public void Dispose()
    {
        _clients.Dispose();
        _slots.Dispose();
    }
}
