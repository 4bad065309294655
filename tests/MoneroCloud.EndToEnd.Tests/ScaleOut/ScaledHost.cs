using System.Collections.Concurrent;
using System.Globalization;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>
/// The platform before several instances: each message goes to any one of them, every fourth to two at once, and comes again until one says that it is done;
/// the timers' calls overlap and go to any.
/// </summary>
internal sealed class ScaledHost : IAsyncDisposable
{
    private const int AtOnce = 6;
    private const int TimersAtOnce = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _end = new();
    private readonly IReadOnlyList<HandlerSlot> _slots;
    private readonly BusConnection _bus;
    private readonly List<Task> _running = [];
    private readonly ConcurrentDictionary<string, ConcurrentBag<TimeSpan?>> _ended = [];
    private int _calls;
    private int _failed;
    private int _doubled;

    /// <param name="probeEvery">Between the end of one call and the next; two such calls run side by side.</param>
    public ScaledHost(BusConnection bus, IReadOnlyList<HandlerSlot> slots, TimeSpan probeEvery)
    {
        (_bus, _slots) = (bus, slots);
        Serve(Names.ReportsQueue, "reports");
        Serve(Names.AlertsQueue, "deliver");
        Serve(Names.ProbeShardsQueue, "probe-shard");
        Time("probe", "timer", probeEvery);
        Time("sweep", "timer-under-a-minute", TimeSpan.FromMilliseconds(1_500));
    }

    /// <summary>Invocations of messages and timers.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Of them, those that were not done: the process was gone, or went meanwhile.</summary>
    public int Failed => Volatile.Read(ref _failed);

    /// <summary>Messages that two instances got at once.</summary>
    public int Doubled => Volatile.Read(ref _doubled);

    /// <summary>Of each function: how many calls were done and how many not, and what those that were done took.</summary>
    public string ByFunction => string.Join("; ", _ended.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => string.Create(
        CultureInfo.InvariantCulture, $"{e.Key}: {e.Value.Count(took => took is not null)} done, {e.Value.Count(took => took is null)} not, the longest {e.Value.Max()?.TotalSeconds ?? 0:0.0} s")));

    /// <summary>Nothing is called any more.</summary>
    public async Task StopAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_running);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _end.Dispose();
    }

    private void Serve(string queue, string function) => _running.Add(UntilEndAsync(() =>
        new BusSource(_bus).ReceiveAsync(queue, AtOnce, message => TakeAsync(message, function), _end.Token)));

    private void Time(string function, string payload, TimeSpan period)
    {
        var body = RecordedPayload.Of(payload);
        for (var i = 0; i < TimersAtOnce; i++)
        {
            _running.Add(UntilEndAsync(async () =>
            {
                while (true)
                {
                    await InvokeAsync(function, body);
                    await Task.Delay(period, TimeProvider.System, _end.Token);
                }
            }));
        }
    }

    private async Task<bool> TakeAsync(QueueMessage message, string function)
    {
        var payload = PlayedHost.Payload(message);
        var twice = Random.Shared.Next(4) == 0;
        Interlocked.Add(ref _doubled, twice ? 1 : 0);
        var done = await Task.WhenAll(Enumerable.Range(0, twice ? 2 : 1).Select(_ => InvokeAsync(function, payload)));
        if (!done[0])
        {
            await Task.Delay(Pause, TimeProvider.System); // The platform does not wait; the test's cores would do nothing else.
        }

        return done[0];
    }

    private async Task<bool> InvokeAsync(string function, byte[] payload)
    {
        Interlocked.Increment(ref _calls);
        var began = TimeProvider.System.GetTimestamp();
        var done = await _slots[Random.Shared.Next(_slots.Count)].InvokeAsync(function, payload, _end.Token);
        Interlocked.Add(ref _failed, done ? 0 : 1);
        _ended.GetOrAdd(function, static _ => []).Add(done ? TimeProvider.System.GetElapsedTime(began) : null);
        return done;
    }

    private async Task UntilEndAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
        }
    }
}
