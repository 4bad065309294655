namespace MoneroCloud.Functions;

/// <summary><c>sweep</c>: dispatches what is due, notices silent agents, drains the dead-letter queues, removes what is old.</summary>
internal sealed class SweepTrigger(Monitor monitor, Dispatcher dispatcher, DeadLetters deadLetters) : ITrigger
{
    private const int ShardsAtOnce = 4;
    private readonly OldRows _old = new(monitor);
    private readonly SilentAgents _silent = new(monitor, dispatcher);

    public string Name => "sweep";

    public async Task<TriggerResult> InvokeAsync(TriggerCall call, CancellationToken cancellation)
    {
        try
        {
            await Parallel.ForEachAsync(Shard.All, new ParallelOptions { MaxDegreeOfParallelism = ShardsAtOnce, CancellationToken = cancellation }, async (shard, token) =>
            {
                await dispatcher.DispatchDueAsync(shard, token);
                await _silent.SweepAsync(shard, token);
            });
            await deadLetters.DrainAsync(cancellation);
            await _old.SweepAsync(cancellation);
            return TriggerResult.Done.Instance;
        }
        catch (StorageUnavailableException e)
        {
            return new TriggerResult.Failed(e.Message);
        }
    }
}
