using System.Collections.Concurrent;

namespace MoneroCloud.Functions;

/// <summary><c>sweep</c>: dispatches what is due, notices silent agents, drains the dead-letter queues, removes what is old.</summary>
internal sealed class SweepTrigger(Monitor monitor, Dispatcher dispatcher, DeadLetters deadLetters, QuietChannels quiet) : ITrigger
{
    private const int ShardsAtOnce = 4;
    private readonly OldRows _old = new(monitor);
    private readonly SilentAgents _silent = new(monitor, dispatcher);
    private readonly OpenIncidents _incidents = new(monitor);

    public string Name => "sweep";

    /// <summary>What fails in one shard stops no other.</summary>
    public async Task<TriggerResult> InvokeAsync(TriggerCall call, CancellationToken cancellation)
    {
        var failures = new ConcurrentBag<string>();
        if (await TryAsync(() => SweepMark.StampAsync(monitor, cancellation), failures) is { } mark)
        {
            await Parallel.ForEachAsync(Shard.All, new ParallelOptions { MaxDegreeOfParallelism = ShardsAtOnce, CancellationToken = cancellation }, async (shard, token) =>
            {
                await TryAsync(() => _silent.SweepAsync(shard, mark.Since, token), failures);
                await TryAsync(() => _incidents.SweepAsync(shard, token), failures);
                await TryAsync(() => DispatchAsync(shard, token), failures);
            });
            await TryAsync(() => DrainAsync(cancellation), failures);
            await TryAsync(() => _old.SweepAsync(cancellation), failures);
            await TryAsync(() => quiet.SweepAsync(cancellation), failures);
        }

        return failures.IsEmpty ? TriggerResult.Done.Instance : new TriggerResult.Failed(string.Join("; ", failures.Distinct()));
    }

    private async Task<bool> DispatchAsync(Shard shard, CancellationToken cancellation)
    {
        await dispatcher.DispatchDueAsync([shard], cancellation);
        return true;
    }

    /// <summary>What still fails is counted where refusals are, so that somebody sees that it is there.</summary>
    private async Task<bool> DrainAsync(CancellationToken cancellation)
    {
        var failed = await deadLetters.DrainAsync(cancellation);
        foreach (var queue in failed)
        {
            await Refusals.CountAsync(monitor, queue, "dead letter still fails", cancellation);
        }

        return failed.Count > 0;
    }

    private static async Task<T?> TryAsync<T>(Func<Task<T>> work, ConcurrentBag<string> failures)
    {
        try
        {
            return await work();
        }
        catch (StorageUnavailableException e)
        {
            failures.Add(e.Message);
            return default;
        }
    }
}
