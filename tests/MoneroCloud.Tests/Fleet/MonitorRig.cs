using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Monitor = MoneroCloud.Functions.Monitor;

namespace MoneroCloud.Tests;

/// <summary>A monitor without its edges: real triggers over a real table, a clock that a test moves, a bus that keeps what it is given.</summary>
internal sealed class MonitorRig : IDisposable
{
    public static readonly NodeName Home = NodeName.Parse("home");

    public static readonly SigningKey MonitorKey = SigningKey.Create();

    public MonitorRig(ITable? table = null, MonitorPolicy? policy = null)
    {
        Table = table ?? new MemoryTable();
        Policy = policy ?? new MonitorPolicy();
    }

    public SteppingTime Time { get; } = new(Given.Now);

    /// <summary>As the monitor sees it; a test may put another one before it.</summary>
    public ITable Table { get; set; }

    public RecordingBus Bus { get; } = new();

    /// <summary>As the monitor sees it.</summary>
    public IBusSender? Sender { get; set; }

    public RecordingNotifier Notifier { get; } = new();

    public INotifier? Channel { get; set; }

    /// <summary>Those over which something has to go once a week.</summary>
    public IReadOnlyList<string> QuietChannels { get; set; } = [];

    /// <summary>All channels, where there are several.</summary>
    public IReadOnlyList<INotifier>? Channels { get; set; }

    public MonitorPolicy Policy { get; set; }

    /// <summary>The agents' own keys, by name.</summary>
    public Dictionary<NodeName, SigningKey> AgentKeys { get; } = [];

    private static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    /// <summary>A process of the monitor as it is just after its start: it remembers nothing.</summary>
    public Monitor NewMonitor() => new()
    {
        Table = Table,
        Time = Time,
        Bus = Sender ?? Bus,
        Keys = new MonitorKeys([MonitorKey]),
        Logs = NullLoggerFactory.Instance,
        Policy = Policy,
        SelfCheck = new SelfCheck(Policy, TimeProvider.System), // Over a real network.
    };

    public ReportsTrigger Reports(Monitor? monitor = null) => new(monitor ??= NewMonitor(), new Dispatcher(monitor));

    public DeliverTrigger Deliver(Monitor? monitor = null) => new(monitor ?? NewMonitor(), Channels ?? [Channel ?? Notifier]);

    public SweepTrigger Sweep(Monitor? monitor = null)
    {
        monitor ??= NewMonitor();
        return new SweepTrigger(monitor, new Dispatcher(monitor), new DeadLetters(ImmutableDictionary<string, ITrigger>.Empty, null, Time, NullLogger<DeadLetters>.Instance), Quiet(monitor, [.. QuietChannels]));
    }

    public static QuietChannels Quiet(Monitor monitor, params string[] channels) => new(new Functions.Channels(monitor), new TestAlerts(monitor, new Dispatcher(monitor)), channels);

    public async Task EnrolAsync(params NodeName[] agents)
    {
        foreach (var agent in agents)
        {
            AgentKeys[agent] = SigningKey.Create();
            var record = new AgentRecord { Name = agent, Keys = [AgentKeys[agent].PublicKey.ToJwk()], EnrolledAt = Time.GetUtcNow(), EnrolledBy = "operator" };
            await Table.CommitAsync([Documents.Write(Keys.Agent(agent), new Stored<AgentRecord>(record, null), CoreJson.Default.AgentRecord)], Cancellation);
        }
    }

    public byte[] Signed(Report report) => Jws.Sign(AgentKeys[report.Agent], JwsType.Report, JsonSerializer.SerializeToUtf8Bytes(report, CoreJson.Default.Report));

    public Task<TriggerResult> TakeAsync(Report report) => TakeAsync(Signed(report));

    public async Task<TriggerResult> TakeAsync(ReadOnlyMemory<byte> message, DateTimeOffset? enqueuedAt = null) =>
        await Time.RunAsync(Reports().InvokeAsync(new TriggerCall.Bus(message, "m", 1, enqueuedAt), Cancellation));

    /// <summary>The report of an agent's present, delivered; its acks reach the agent.</summary>
    public async Task<TriggerResult> TakeAsync(SimulatedAgent agent)
    {
        var result = await TakeAsync(agent.Report());
        agent.TakeAcks(Bus.AcksTo(agent.Name));
        return result;
    }

    public async Task<TriggerResult> SweepAsync() => await Time.RunAsync(Sweep().InvokeAsync(new TriggerCall.Timer(false, null), Cancellation));

    /// <summary>Delivers what was put onto the alerts queue since the last time.</summary>
    public async Task DeliverAsync()
    {
        foreach (var message in Bus.To(Names.AlertsQueue).Skip(_delivered).ToArray())
        {
            _delivered++;
            await Time.RunAsync(Deliver().InvokeAsync(new TriggerCall.Bus(message.Body, message.MessageId, 1, null), Cancellation));
        }
    }

    /// <summary>As a monitor does; a minute is little enough for a story of a day.</summary>
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Lets time pass as it does for a monitor: with a sweep every 15 s, or as it is set, and all deliveries.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var end = Time.GetUtcNow() + time; Time.GetUtcNow() < end;)
        {
            var left = end - Time.GetUtcNow();
            Time.Advance(left < SweepEvery ? left : SweepEvery);
            await SweepAsync();
            await DeliverAsync();
        }
    }

    /// <summary>What people were told, in order.</summary>
    public IEnumerable<string> Told => Notifier.Sent.Select(s => $"{s.Alert.Subject} {s.Alert.Kind}");

    public async Task<NodeRecord?> NodeAsync(NodeId id) => (await Table.FindAsync(Keys.Node(id), CoreJson.Default.NodeRecord, Cancellation))?.Value;

    public async Task<AgentRecord> AgentAsync(NodeName name) => (await Table.FindAsync(Keys.Agent(name), CoreJson.Default.AgentRecord, Cancellation))!.Value;

    public async Task<OrderRecord> OrderAsync(string id) => (await Table.FindAsync(Keys.Order(id)!.Value, CoreJson.Default.OrderRecord, Cancellation))!.Value;

    /// <summary>Oldest first.</summary>
    public async Task<List<HistoryEntry>> HistoryAsync(string subject)
    {
        var found = new List<HistoryEntry>();
        await foreach (var entry in Table.ListAsync(Shard.Of(subject), KeyRange.Prefix(Keys.HistoryOf(subject)), int.MaxValue, CoreJson.Default.HistoryEntry, Cancellation))
        {
            found.Insert(0, entry.Value);
        }

        return found;
    }

    /// <summary>All rows whose keys begin so, over all shards.</summary>
    public async Task<List<Row>> RowsAsync(string prefix)
    {
        var rows = new List<Row>();
        foreach (var shard in Shard.All)
        {
            await foreach (var row in Table.RangeAsync(shard, KeyRange.Prefix(prefix), int.MaxValue, Cancellation))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    /// <summary>Counted refusals by kind.</summary>
    public async Task<Dictionary<string, long>> RefusalsAsync() =>
        (await RowsAsync(Keys.Refusals)).Select(r => Documents.Read(r, MonitorJson.Default.Refusal).Value).ToDictionary(r => r.Reason, r => r.Count);

    public void Dispose()
    {
        foreach (var key in AgentKeys.Values)
        {
            key.Dispose();
        }
    }

    private int _delivered;
}
