using System.Collections.Concurrent;
using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>
/// Several instances over one table, with everything at once: reports of all hosts, stubs that go down and up, nodes that hang, operators' orders, overlapping
/// timers, messages delivered twice, and processes that are killed -9 at random and at numbered steps.
/// </summary>
internal sealed class ScaleOutRun(ScaleOutOptions options, ScaledFleet fleet, CancellationToken cancellation)
{
    /// <summary>Events of a host that wait to be acked: no faster than the machine takes them.</summary>
    private const int MostPending = 60;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<NodeId, int> _stubFaults = [];
    private readonly ConcurrentBag<string> _accepted = [];
    private int _asked;
    private int _hangsLeft = options.Hangs;
    private volatile bool _isOver;

    public IReadOnlyDictionary<NodeId, int> StubFaults => _stubFaults;

    /// <summary>Orders that an operator was told of.</summary>
    public IReadOnlyCollection<string> Accepted => _accepted;

    /// <summary>Times that an operator asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public async Task LiveAsync()
    {
        fleet.Hosts.ForEach(h => h.Begin());
        var living = Task.WhenAll(
        [
            .. fleet.Hosts.Select(HappenAsync),
            .. fleet.Stubs.Chunk(3).Select(FailAsync),
            .. options.Kills ? fleet.Slots.Select(KillAsync) : [],
            OrderAsync(),
        ]);
        await Task.WhenAny(living, Task.Delay(options.Duration, TimeProvider.System, cancellation));
        _isOver = true;
        await living;
    }

    /// <summary>
    /// What was begun is finished, by processes that live. First what depends on how old a look is; then what a process that died had claimed, which is
    /// due again minutes later, or at once where the clock can be set forward.
    /// </summary>
    public async Task FinishAsync()
    {
        await AnewAsync(s => s.IsDead || options.DiesAtSteps);
        await UntilAsync(
            () =>
            {
                // Of what hangs the newest look decides, so all before it has to be told.
                fleet.Hosts.Where(h => h.AnyHangs && h.Agent.Pending == 0).ToList().ForEach(h => h.Happen(hangs: false));
                return Task.FromResult(fleet.Hosts.TrueForAll(h => !h.AnyHangs && h.Agent.Pending == 0));
            },
            Round,
            options.Patience,
            () => $"all is restarted and acked; {string.Join(", ", fleet.Hosts.Select(h => $"{h.Name} has {h.Agent.Pending} events to tell, and {(h.AnyHangs ? "some hang" : "none hangs")}"))}");
        fleet.IsLater = options.IsMortal;
        await AnewAsync(_ => options.IsMortal);
        await UntilAsync(async () => !await AnyOutboxAsync() && fleet.Hosts.TrueForAll(h => h.Agent.Pending == 0), Look, options.Patience, () => "all is sent");
        await fleet.Platform.StopAsync();
    }

    private Task AnewAsync(Func<HandlerSlot, bool> which) => Task.WhenAll(fleet.Slots.Where(which).Select(slot =>
    {
        slot.Kill();
        return slot.StartAsync();
    }));

    private async Task HappenAsync(FleetHost host)
    {
        while (!_isOver)
        {
            await UntilAsync(() => Task.FromResult(host.Agent.Pending < MostPending), Look, options.Patience, () => $"{host.Name} is heard");
            host.Happen(hangs: Random.Shared.Next(3) == 0 && Interlocked.Decrement(ref _hangsLeft) >= 0);
            await Task.Delay(Round, TimeProvider.System, cancellation);
        }
    }

    /// <summary>One of some stubs after the other goes down, until that is stored, and comes back, until that is.</summary>
    private async Task FailAsync(StubNode[] stubs)
    {
        await UntilStoredAsync(stubs, HealthState.Up);
        for (var i = 0; !_isOver; i++)
        {
            var stub = stubs[i % stubs.Length];
            stub.IsDown = true;
            await UntilStoredAsync([stub], HealthState.Down);
            _stubFaults[stub.Id] = _stubFaults.GetValueOrDefault(stub.Id) + 1;
            stub.IsDown = false;
            await UntilStoredAsync([stub], HealthState.Up);
        }
    }

    private async Task KillAsync(HandlerSlot slot)
    {
        var starting = TimeSpan.FromSeconds(1);
        while (!_isOver)
        {
            // In proportion to how long a start takes on this machine, and so everything else: else there would be nobody most of the time, and no tick would end.
            var life = starting * (2 + (8 * Random.Shared.NextDouble()));
            for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < life && !slot.IsDead && !_isOver;)
            {
                await Task.Delay(Look, TimeProvider.System, cancellation);
            }

            if (!_isOver)
            {
                slot.Kill();
                var killed = TimeProvider.System.GetTimestamp();
                await slot.StartAsync(options.DiesAtSteps && Random.Shared.Next(3) == 0 ? fleet.AnyStep() : null);
                starting = TimeProvider.System.GetElapsedTime(killed);
            }
        }
    }

    private async Task OrderAsync()
    {
        while (!_isOver)
        {
            Interlocked.Increment(ref _asked);
            var host = fleet.Hosts[Random.Shared.Next(fleet.Hosts.Count)];
            if (await fleet.Slots[Random.Shared.Next(fleet.Slots.Count)].RestartAsync(host.Ordered) is { Status: 200 or 202, Order: { } order })
            {
                _accepted.Add(order);
            }

            await Task.Delay(Round, TimeProvider.System, cancellation);
        }
    }

    private Task UntilStoredAsync(StubNode[] stubs, HealthState state) => UntilAsync(
        async () =>
        {
            var nodes = await Task.WhenAll(stubs.Select(s => fleet.Table.FindAsync(Keys.Node(s.Id), CoreJson.Default.NodeRecord, cancellation)));
            return nodes.All(n => n?.Value.Health.State == state);
        },
        Look,
        options.Patience,
        () => $"{stubs[0].Id} is {state}");

    /// <summary>What is stored of the stubs that are down, and when their shards had their last tick.</summary>
    private async Task<string> StoredAsync()
    {
        var text = new List<string>();
        foreach (var stub in fleet.Stubs.Where(s => s.IsDown))
        {
            var node = await fleet.Table.FindAsync(Keys.Node(stub.Id), CoreJson.Default.NodeRecord, cancellation);
            var summary = await Summaries.FindAsync(fleet.Table, Keys.Node(stub.Id).Shard, cancellation);
            text.Add($"{stub.Id}: {JsonSerializer.Serialize(node?.Value, CoreJson.Default.NodeRecord)} ticked {summary?.Value.TickedAt:O}");
        }

        return string.Join('\n', text);
    }

    private async Task<bool> AnyOutboxAsync()
    {
        foreach (var shard in Shard.All)
        {
            await foreach (var _ in fleet.Table.RangeAsync(shard, KeyRange.Prefix(Keys.Outbox), 1, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    private async Task UntilAsync(Func<Task<bool>> wanted, TimeSpan pause, TimeSpan patience, Func<string> what)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !await wanted(); await Task.Delay(pause, TimeProvider.System, cancellation))
        {
            if (TimeProvider.System.GetElapsedTime(began) > patience)
            {
                throw new TimeoutException($"not within {patience.TotalSeconds} s: {what()}\n{fleet.Platform.ByFunction}\n{TimeProvider.System.GetUtcNow():O}\n{await StoredAsync()}\n{string.Join('\n', fleet.Slots.SelectMany(s => s.Output.TakeLast(15)))}");
            }
        }
    }
}
