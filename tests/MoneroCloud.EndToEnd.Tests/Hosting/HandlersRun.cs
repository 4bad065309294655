using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>An agent, a bus, and two handlers over one table, both of which get each message.</summary>
internal sealed class HandlersRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _name;
    private readonly BrokerProcess _broker;
    private readonly HandlerProcess[] _handlers;
    private readonly BusConnection _bus;
    private readonly PlayedHost _host;
    private readonly AzureTable _table;
    private readonly CancellationToken _cancellation;
    private int _sweeps;

    private HandlersRun(string name, BrokerProcess broker, HandlerProcess[] handlers, BusAgent agent, AzureTable table, CancellationToken cancellation)
    {
        (_name, _broker, _handlers, Agent, _table, _cancellation) = (name, broker, handlers, agent, table, cancellation);
        _bus = broker.Connect();
        _host = new PlayedHost(_bus, giveUpAfter: null, handlers);
        _host.Serve(Names.ReportsQueue, "reports", 4);
        _host.Serve(Names.AlertsQueue, "deliver", 4);
    }

    public BusAgent Agent { get; }

    public int Sweeps => Volatile.Read(ref _sweeps);

    public Dictionary<string, int> Told => AlertLines.Count(_handlers.SelectMany(h => h.Output), _name);

    public static async Task<HandlersRun> StartAsync(
        RealAzurite azurite, string name, string program, CancellationToken cancellation, params (string Name, string Value)[] environment)
    {
        var broker = await BrokerProcess.StartAsync(cancellation, Names.ReportsQueue, Names.AlertsQueue, Names.ProbeShardsQueue, Names.CommandsQueue(name));
        var handlers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => HandlerProcess.StartAsync(program, azurite.ConnectionString, broker.Local, environment)));
        var agent = await BusAgent.EnrolAsync(handlers[0].PostAsync, broker.Local, once: false, name, TimeProvider.System.GetUtcNow(), HomeStory.Nodes);
        var options = new TableOptions();
        var table = new AzureTable(AzureTableClients.Of(azurite.ConnectionString, options), options, TimeProvider.System);
        return new HandlersRun(name, broker, handlers, agent, table, cancellation);
    }

    /// <summary>Each round is a report of its own, not waiting for what becomes of the one before.</summary>
    public async Task LiveAsync(int rounds)
    {
        Agent.Do(HomeStory.Begin);
        for (var i = 0; i < rounds; i++)
        {
            var (round, said) = (i, Agent.Reports);
            Agent.Do(agent => HomeStory.Happen(agent, round));
            await UntilAsync(() => Task.FromResult(Agent.Reports > said), "the round is reported");
        }

        await UntilAsync(() => Task.FromResult(Agent.Pending == 0), "all is acked");
    }

    /// <summary>The same request to both at once, so many times, while both sweep and take reports: each of these sends what is due.</summary>
    /// <param name="round">The first of half as many further rounds: each restarts the node, and an order that comes with it means the life before.</param>
    /// <returns>The messages in which each order came, by the order's id.</returns>
    public async Task<IReadOnlyDictionary<string, List<string>>> OrderAsync(int times, int round)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        var sweeping = Task.WhenAll(_handlers.Select(h => SweepAsync(h, enough.Token)));
        for (var i = 0; i < times; i++)
        {
            var next = round + (i / 2);
            if (i % 2 == 0)
            {
                Agent.Do(agent => HomeStory.Happen(agent, next));
            }
            else
            {
                await UntilAsync(() => Task.FromResult(Agent.Pending == 0), "the present life is known");
            }

            var placed = await Task.WhenAll(_handlers.Select(h => h.PostAsync($"api/nodes/{_name}.restarts/restart")));
            Xunit.Assert.All(placed, p => Xunit.Assert.Equal(202, p.Status));
        }

        await UntilAsync(() => Task.FromResult(Agent.Orders.Count == 2 * times && Agent.Pending == 0), "all orders are over");
        await enough.CancelAsync();
        await sweeping;
        return Agent.Orders;
    }

    /// <summary>The timer's call of the probe, as the platform makes it: to one of them.</summary>
    public async Task ProbeAsync() => Xunit.Assert.True(await _handlers[0].InvokeAsync("probe", RecordedPayload.Of("timer"), _cancellation));

    public Task<(int Status, System.Text.Json.Nodes.JsonNode Body)> HealthAsync() => _handlers[0].HealthAsync();

    public async Task<StoredStory> EndAsync()
    {
        await UntilAsync(async () => !await StoredStory.IsUnfinishedAsync(_table, _name, _cancellation), "all is sent");
        return await StoredStory.ReadAsync(_table, _name, _name, _cancellation);
    }

    public async Task UntilAsync(Func<Task<bool>> wanted, string what)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !await wanted(); await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, _cancellation))
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException($"not within {Patience.TotalSeconds} s: {what}\n{string.Join('\n', _handlers.SelectMany(h => h.Output))}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync();
        await _host.DisposeAsync();
        await _bus.DisposeAsync();
        foreach (var handler in _handlers)
        {
            handler.Dispose();
        }

        await _broker.DisposeAsync();
    }

    private async Task SweepAsync(HandlerProcess handler, CancellationToken enough)
    {
        var payload = RecordedPayload.Of("timer-under-a-minute");
        while (!enough.IsCancellationRequested)
        {
            Xunit.Assert.True(await handler.InvokeAsync("sweep", payload, _cancellation), string.Join('\n', handler.Output));
            Interlocked.Increment(ref _sweeps);
        }
    }
}
