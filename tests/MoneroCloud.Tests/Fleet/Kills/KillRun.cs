using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>
/// Ten minutes of a fleet: two nodes go down, one is alerted at once and one after its grace, an operator restarts one, both work again, and at
/// last their agent is silent. The monitor that sees to it may be killed once: then a new one takes over what is stored and what waits in the
/// queues, and nothing else.
/// </summary>
internal sealed class KillRun : IDisposable
{
    private readonly MonitorRig _rig;
    private readonly LockingBus _bus = new();
    private readonly SimulatedAgent _agent = new(MonitorRig.Home, Given.Now, "main-node", "second-node");
    private readonly List<Order> _orders = [];
    private readonly PlantedDefect _defect;
    private KillSwitch _kill;
    private KillableMonitor _monitor;
    private int _refusals = 1;
    private int _carried;

    private KillRun(ITable table, KillPoint? point, PlantedDefect? defect)
    {
        _rig = new MonitorRig(table, new MonitorPolicy
        {
            Restarts = new RestartPolicy { Window = TimeSpan.FromSeconds(90) },
            Rules = AlertRules.Default with { GroupWait = TimeSpan.Zero, GroupInterval = TimeSpan.Zero },
        });
        _defect = defect ?? ((t, _, n) => (t, n));
        _kill = new KillSwitch(point);
        _monitor = NewMonitor();
        // The bus is away once: the sweep has to pick up what was left.
        _bus.Answer = queue => queue == Names.AlertsQueue && Interlocked.Decrement(ref _refusals) == 0 ? new BusSend.NotNow("away", TimeSpan.Zero) : new BusSend.Accepted();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SimulatedNode Main => _agent.Nodes[0];

    private SimulatedNode Second => _agent.Nodes[1];

    /// <param name="automatic">Nodes hang, and the monitor restarts them by itself, one in 90 s.</param>
    public static async Task<KillOutcome> RunAsync(ITable table, KillPoint? point = null, PlantedDefect? defect = null, bool automatic = false)
    {
        using var run = new KillRun(table, point, defect);
        var first = run._kill;
        await (automatic ? run.HangAsync() : run.LiveAsync());
        return new KillOutcome
        {
            Calls = first.Calls,
            HasKilled = first.HasKilled,
            Rows = await EndState.OfAsync(run._rig, [.. run._orders.Select(o => o.Id)]),
            Told = [.. run._rig.Notifier.Sent.Select(s => s.Delivery)],
            Notices = [.. run._rig.Notifier.Notices.Select(n => n.Key)],
            Orders = [.. run._bus.Sent.Where(IsOrder).Select(m => (Read(m.Message).Id, m.Message.MessageId, Read(m.Message).Identity))],
            Messages = [.. run._bus.Sent.Where(m => m.Queue == Names.AlertsQueue).Select(m => m.Message.MessageId)],
        };
    }

    public void Dispose() => _rig.Dispose();

    private async Task LiveAsync()
    {
        await _rig.EnrolAsync(MonitorRig.Home);
        Main.Healthy();
        Second.Healthy();
        await ReportAsync(() => { Main.Healthy(); Second.Healthy(); });
        await SweepAsync(seconds: 30);
        await ReportAsync(() => { Main.Kill(); Main.OpenBreaker(); }, seconds: 30);
        await SweepAsync(seconds: 30);
        await ReportAsync(() => Second.Kill(), seconds: 30);
        await SweepAsync(seconds: 45);
        await PlaceAsync(seconds: 15);
        await SweepAsync(seconds: 30);
        await ReportAsync(CarryOut, seconds: 30);
        await ReportAsync(() => { Second.Spawn(); Second.Healthy(); Second.Healthy(); }, seconds: 30);
        await SweepAsync(seconds: 240);
        for (var i = 0; i < 5; i++)
        {
            await SweepAsync(seconds: 140); // As seldom as may be without a gap in listening.
        }

        // What a tick of the probe timer does anyway: it counts the shards anew.
        await Summaries.RecountAsync(_rig.Table, Shard.All, Cancellation);
    }

    /// <summary>One node hangs and then the other: the budget lets the second be restarted only 90 s after the first.</summary>
    private async Task HangAsync()
    {
        await _rig.EnrolAsync(MonitorRig.Home);
        Main.Healthy();
        Second.Healthy();
        await ReportAsync(() => { Main.Healthy(); Second.Healthy(); });
        await SweepAsync(seconds: 30);
        await ReportAsync(Main.Hung, seconds: 30);
        await ReportAsync(() => { Main.Hung(); Second.Hung(); }, seconds: 30);
        await SweepAsync(seconds: 10);
        await SweepAsync(seconds: 10); // The bus was away when the first came.
        await ReportAsync(() => { CarryOut(); Second.Hung(); }, seconds: 10);
        for (var i = 0; i < 6; i++)
        {
            await SweepAsync(seconds: 30);
            await ReportAsync(GoOn, seconds: 30);
        }

        await SweepAsync(seconds: 15);
        await Summaries.RecountAsync(_rig.Table, Shard.All, Cancellation);
    }

    /// <summary>What was ordered is done; what was not hangs on.</summary>
    private void GoOn()
    {
        CarryOut();
        foreach (var node in _agent.Nodes.Where(n => n.State == HealthState.Down))
        {
            node.Hung();
        }
    }

    /// <summary>The agent has seen an order once, however often it came.</summary>
    private void CarryOut()
    {
        Receive();
        foreach (var order in _orders.Skip(_carried).ToList())
        {
            var node = _agent.Nodes.Single(n => n.Name == order.Node);
            _carried++;
            _agent.Add(node.Name, new NodeFact.OrderTaken(order.Id, order.Verb));
            node.Order("restart", order.By);
            node.Kill(15, expected: true);
            node.Spawn();
            node.Healthy();
            node.Healthy();
            _agent.Add(node.Name, new NodeFact.OrderEnded(order.Id, new Outcome { Result = OutcomeResult.Done, Text = "it runs again" }));
        }
    }

    private void Receive()
    {
        while (_bus.Peek(Names.CommandsQueue($"{MonitorRig.Home}")) is { } message)
        {
            if (message.MessageId.StartsWith("ack:", StringComparison.Ordinal))
            {
                _agent.TakeAcks([JsonSerializer.Deserialize(SentPayload.Of(message.Body), CoreJson.Default.Ack)!]);
            }
            else if (Read(message) is var order && _orders.TrueForAll(o => o.Id != order.Id))
            {
                _orders.Add(order);
            }

            _bus.Complete(message);
        }
    }

    private static Order Read(BusMessage message) => JsonSerializer.Deserialize(SentPayload.Of(message.Body), CoreJson.Default.Order)!;

    private static bool IsOrder((string Queue, BusMessage Message) sent) =>
        sent.Queue == Names.CommandsQueue($"{MonitorRig.Home}") && !sent.Message.MessageId.StartsWith("ack:", StringComparison.Ordinal);

    private async Task ReportAsync(Action happens, int seconds = 0)
    {
        Pass(seconds);
        happens();
        var message = new BusMessage { MessageId = $"report {_agent.Now.Ticks}", Body = _rig.Signed(_agent.Report()) };
        await _bus.SendAsync(Names.ReportsQueue, message, Cancellation);
        await DrainAsync();
        Receive();
    }

    private async Task SweepAsync(int seconds)
    {
        Pass(seconds);
        await TryAsync(m => m.SweepAsync(Cancellation)); // The timer comes again by itself.
        await DrainAsync();
    }

    /// <summary>An operator whose request got no answer looks whether the order is there before he asks again.</summary>
    private async Task PlaceAsync(int seconds)
    {
        Pass(seconds);
        for (var placed = false; !placed;)
        {
            placed = await TryAsync(m => m.Orders.PlaceAsync(new OrderWish(_agent.Name, Main.Name, OrderVerb.Restart, "operator"), Cancellation))
                || (await _rig.RowsAsync(Keys.Orders)).Count > 0;
        }
    }

    private void Pass(int seconds)
    {
        _rig.Time.Advance(TimeSpan.FromSeconds(seconds));
        _agent.Now = _rig.Time.GetUtcNow();
    }

    /// <summary>Each message comes until its trigger has answered and the host has said so to the bus.</summary>
    private async Task DrainAsync()
    {
        foreach (var queue in new[] { Names.ReportsQueue, Names.AlertsQueue })
        {
            while (_bus.Peek(queue) is { } message)
            {
                await TryAsync(async m =>
                {
                    Assert.IsType<TriggerResult.Done>(await m.TakeAsync(queue, message, Cancellation));
                    return await m.Kill.ChangeAsync($"complete {queue}", () => Task.FromResult(_bus.Complete(message)));
                });
            }
        }
    }

    private async Task<bool> TryAsync<T>(Func<KillableMonitor, Task<T>> work)
    {
        try
        {
            await work(_monitor).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
            return true;
        }
        catch (KilledException)
        {
            _kill = new KillSwitch(null);
            _monitor = NewMonitor();
            return false;
        }
    }

    private KillableMonitor NewMonitor()
    {
        var (bus, kill) = (new KillableBus(_bus, _kill), _kill);
        var (table, notifier) = _defect(new KillableTable(_rig.Table, kill, Plain), bus, new KillableNotifier(_rig.Notifier, kill));
        return new KillableMonitor(kill, _rig.NewMonitor() with { Table = table, Bus = bus }, notifier, _rig.Time);
    }

    /// <summary>An order's id is random.</summary>
    private static string Plain(string key) => key.StartsWith(Keys.Orders, StringComparison.Ordinal) ? "c|order"
        : key.EndsWith("|order", StringComparison.Ordinal) ? "o|order"
        : key;
}
