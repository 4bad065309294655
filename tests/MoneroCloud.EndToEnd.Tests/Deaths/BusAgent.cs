using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using MoneroCloud.Core;
using MoneroCloud.Tests;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A simulated agent on the real bus: it reports what was not acked, again and again, and carries each order out once.</summary>
internal sealed class BusAgent : IAsyncDisposable
{
    /// <summary>So many fit into a report.</summary>
    private const int MostEvents = 150;

    private static readonly TimeSpan SoonAgain = TimeSpan.FromMilliseconds(300);

    private static readonly BusOptions Options = new()
    {
        FirstBackOff = TimeSpan.FromMilliseconds(20),
        LongestBackOff = TimeSpan.FromMilliseconds(100),
        SendDeadline = TimeSpan.FromSeconds(3),
    };

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _changed = new(0);
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<string, List<string>> _orders = [];
    private readonly SimulatedAgent _agent;
    private readonly SigningKey _key;
    private readonly List<VerifyingKey> _monitorKeys;
    private readonly bool _once;
    private readonly TimeSpan _again;
    private readonly BusConnection _bus;
    private readonly BusReceiver _commands;
    private readonly Task _running;
    private long _said;
    private int _reports;

    private BusAgent(SimulatedAgent agent, SigningKey key, JsonNode answer, string? bus, bool once, TimeSpan again)
    {
        (_agent, _key, _once, _again) = (agent, key, once, again);
        _monitorKeys = [.. answer["monitor_keys"]!.AsArray().Select(k => VerifyingKey.TryParse(k!.ToJsonString(), out var parsed, out _) ? parsed : throw new InvalidOperationException("no key"))];
        _bus = new BusConnection(BusAddress.Parse(bus ?? (string)answer["bus"]!), Options, TimeProvider.System);
        _commands = _bus.OpenReceiver(Names.CommandsQueue(agent.Name.ToString()), 1);
        _running = Task.WhenAll(ReportAsync(), ObeyAsync());
    }

    /// <summary>Events that the monitor has not acked.</summary>
    public long Pending
    {
        get
        {
            lock (_lock)
            {
                return _agent.Position.N - _agent.Acked;
            }
        }
    }

    /// <summary>Reports that the bus has taken.</summary>
    public int Reports => Volatile.Read(ref _reports);

    /// <summary>Every event was in a report that the bus has taken.</summary>
    public bool AllSaid
    {
        get
        {
            lock (_lock)
            {
                return _said == _agent.Position.N;
            }
        }
    }

    /// <summary>Everything that has happened.</summary>
    public ImmutableArray<NodeEvent> Events
    {
        get
        {
            lock (_lock)
            {
                return _agent.Report(after: 0).Events;
            }
        }
    }

    /// <summary>Of each node, by its id.</summary>
    public Dictionary<NodeId, EventPosition> LastEvents => Events.Where(e => e.Node is not null)
        .GroupBy(e => new NodeId(_agent.Name, e.Node!.Value)).ToDictionary(g => g.Key, g => g.Last().Position);

    /// <summary>The ids of the messages in which each order came, by the order's id.</summary>
    public IReadOnlyDictionary<string, List<string>> Orders
    {
        get
        {
            lock (_lock)
            {
                return _orders.ToDictionary(o => o.Key, o => o.Value.ToList());
            }
        }
    }

    /// <summary>Enrols an agent of these nodes with a standalone monitor.</summary>
    public static Task<BusAgent> EnrolAsync(StandaloneMonitor monitor, string name, DateTimeOffset now, params string[] nodes) =>
        EnrolAsync(monitor.PostAsync, null, once: false, name, now, nodes);

    /// <summary>Enrols an agent of these nodes, which work and say so.</summary>
    /// <param name="post">Asks the monitor's API as an operator.</param>
    /// <param name="bus">The connection string; null where the monitor gives one.</param>
    /// <param name="once">It reports each event once, whatever becomes of the report.</param>
    public static Task<BusAgent> EnrolAsync(
        Func<string, JsonNode, Task<(int Status, JsonNode Body)>> post, string? bus, bool once, string name, DateTimeOffset now, params string[] nodes) =>
        EnrolAsync(post, bus, once, SoonAgain, name, now, nodes);

    /// <param name="again">After so long it reports again what was not acked.</param>
    public static async Task<BusAgent> EnrolAsync(
        Func<string, JsonNode, Task<(int Status, JsonNode Body)>> post, string? bus, bool once, TimeSpan again, string name, DateTimeOffset now, params string[] nodes)
    {
        var key = SigningKey.Create();
        var (status, answer) = await post("api/agents", new JsonObject { ["name"] = name, ["key"] = JsonNode.Parse(key.PublicKey.ToJwk()) });
        Xunit.Assert.Equal(201, status);
        var agent = new SimulatedAgent(NodeName.Parse(name), now, nodes);
        foreach (var node in agent.Nodes)
        {
            Recover(node);
        }

        return new BusAgent(agent, key, answer, bus, once, again);
    }

    /// <summary>It is seen to work as often as it takes to be Up.</summary>
    public static void Recover(SimulatedNode node)
    {
        node.Healthy();
        node.Healthy();
    }

    /// <summary>Something happens on the agent's host; it is reported at once.</summary>
    public void Do(Action<SimulatedAgent> deed)
    {
        lock (_lock)
        {
            deed(_agent);
        }

        _changed.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        await _commands.DisposeAsync();
        await _bus.DisposeAsync();
        _key.Dispose();
        _changed.Dispose();
        _end.Dispose();
    }

    private async Task ReportAsync()
    {
        try
        {
            for (; ; await _changed.WaitAsync(_again, _end.Token))
            {
                while (_changed.CurrentCount > 0)
                {
                    await _changed.WaitAsync(_end.Token);
                }

                if (NextReport() is { } report)
                {
                    var body = Jws.Sign(_key, JwsType.Report, JsonSerializer.SerializeToUtf8Bytes(report, CoreJson.Default.Report));
                    var message = new BusMessage { MessageId = $"{report.Agent}:{report.Epoch}.{report.Number}", Body = body };
                    if (await _bus.SendAsync(Names.ReportsQueue, message, _end.Token) is BusSend.Accepted)
                    {
                        Said(report);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
        }
    }

    private void Said(Report report)
    {
        lock (_lock)
        {
            _said = Math.Max(_said, report.Events[^1].N);
        }

        Interlocked.Increment(ref _reports);
    }

    /// <summary>Null when there is nothing to say.</summary>
    private Report? NextReport()
    {
        lock (_lock)
        {
            var after = _once ? _said : _agent.Acked;
            return after < _agent.Position.N ? _agent.Report(MostEvents, after) : null;
        }
    }

    private async Task ObeyAsync()
    {
        try
        {
            while (true)
            {
                var delivery = await _commands.ReceiveAsync(_end.Token);
                Take(delivery);
                await delivery.CompleteAsync();
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
        }
    }

    private void Take(BusDelivery delivery)
    {
        if (Jws.Verify(delivery.Body.Span, JwsType.Ack, _monitorKeys) is JwsResult.Valid ack)
        {
            lock (_lock)
            {
                _agent.TakeAcks([JsonSerializer.Deserialize(ack.Payload.Span, CoreJson.Default.Ack)!]);
            }

            return;
        }

        var valid = (JwsResult.Valid)Jws.Verify(delivery.Body.Span, JwsType.Order, _monitorKeys);
        var order = JsonSerializer.Deserialize(valid.Payload.Span, CoreJson.Default.Order)!;
        Do(agent =>
        {
            if (_orders.TryAdd(order.Id, []))
            {
                CarryOut(agent, order);
            }

            _orders[order.Id].Add(delivery.MessageId);
        });
    }

    private static void CarryOut(SimulatedAgent agent, Order order)
    {
        var node = agent.Nodes.Single(n => n.Name == order.Node);
        agent.Add(node.Name, new NodeFact.OrderTaken(order.Id, order.Verb));
        if (order.Identity?.Pid != node.Pid)
        {
            agent.Add(node.Name, new NodeFact.OrderEnded(order.Id, new Outcome { Result = OutcomeResult.DoneAlready, Text = "another life" }));
            return;
        }

        node.Order("restart");
        node.Kill(15, expected: true);
        node.Spawn();
        Recover(node);
        agent.Add(node.Name, new NodeFact.OrderEnded(order.Id, new Outcome { Result = OutcomeResult.Done, Text = "restarted" }));
    }
}
