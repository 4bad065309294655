using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests;

/// <summary>The agent's half of the connection in a folder of its own, without processes: journal, event list, spool and one session, on the test's clock.</summary>
internal sealed class EnrolledAgent : IAsyncDisposable
{
    public static readonly NodeName Name = NodeName.Parse("host");
    public static readonly NodeName Main = NodeName.Parse("main");

    private const string NoBus = "Endpoint=sb://127.0.0.1:5672/;SharedAccessKeyName=host;SharedAccessKey=secret;UseDevelopmentEmulator=true";

    private readonly NodeName _name;
    private MonitorSession? _session;

    /// <param name="folder">The state folder; a new one where it is null.</param>
    /// <param name="now">The wall time at the start.</param>
    /// <param name="time">Another clock than the test's own.</param>
    /// <param name="name">The agent's.</param>
    public EnrolledAgent(string? folder = null, DateTimeOffset? now = null, TimeProvider? time = null, NodeName? name = null)
    {
        _name = name ?? Name;
        Folder = folder ?? TestRun.NewFolder("enrolled");
        Time = new FakeTimeProvider(now ?? new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.Zero));
        Wall = new SetBackClock(time ?? Time) { SetBackBy = TimeSpan.FromMinutes(1) };
        Journal = MoneroCloud.Agent.Journal.Open(Folder, Wall);

        // Orders are issued after the journal was made.
        Wall.SetBackBy = TimeSpan.Zero;
        Clock = new AgentClock(Wall);
        Events = new EventLog(Folder, Journal.Epoch);
        Config = new AgentConfig { File = "agent.json", Agent = _name, StateFolder = Folder, Nodes = [] };
        Context = new MonitorContext
        {
            StateFolder = Folder,
            Clock = Clock,
            Journal = Journal,
            Events = Events,
            Bell = new ChangeBell(),
            Log = new AgentLog(Log, Wall),
            Config = () => Config,
            Duty = Duty,
        };
        Events.Spooled += Context.Bell.Ring;
    }

    public string Folder { get; }

    public FakeTimeProvider Time { get; }

    public SetBackClock Wall { get; }

    public AgentClock Clock { get; }

    public MoneroCloud.Agent.Journal Journal { get; }

    public EventLog Events { get; }

    public AgentConfig Config { get; set; }

    public MonitorContext Context { get; }

    public RemedyDuty Duty { get; } = new();

    public StringWriter Log { get; } = new();

    public MemoryBus Bus { get; } = new();

    public SigningKey Monitor { get; } = SigningKey.Create();

    public ConcurrentQueue<Order> Carried { get; } = [];

    public ImmutableArray<ReportedState> States { get; set; } = [];

    public EventSpool Spool { get; private set; } = null!;

    /// <summary>The period that the monitor named.</summary>
    public TimeSpan Wished { get; set; } = TimeSpan.FromSeconds(60);

    public string BusText { get; set; } = NoBus;

    /// <summary>For orders and acks, where each queue has a key of its own; null: the same.</summary>
    public string? CommandsBusText { get; set; }

    /// <summary>Keys of the monitor that it told of, and that are others than those of the enrolment.</summary>
    public ConcurrentQueue<ImmutableArray<VerifyingKey>> Learned { get; } = [];

    public static Enrolment Enrolment(SigningKey monitor, SigningKey agent, string url = "http://127.0.0.1:7071/", string bus = NoBus, string name = "host", TimeSpan? period = null, string? commandsBus = null) =>
        MoneroCloud.Agent.Enrolment.Of(Document(monitor, agent, url, bus, name, period, commandsBus), out var problem) ?? throw new InvalidOperationException(problem);

    public static EnrolmentDocument Document(SigningKey monitor, SigningKey agent, string url = "http://127.0.0.1:7071/", string bus = NoBus, string name = "host", TimeSpan? period = null, string? commandsBus = null) => new()
    {
        Agent = name,
        MonitorUrl = url,
        MonitorKeys = [JsonDocument.Parse(monitor.PublicKey.ToJwk()).RootElement],
        Bus = commandsBus is null ? bus : null,
        ReportsBus = commandsBus is null ? null : bus,
        CommandsBus = commandsBus,
        ReportsQueue = Names.ReportsQueue,
        CommandsQueue = Names.CommandsQueue(name),
        PeriodSeconds = (int)(period ?? TimeSpan.FromSeconds(60)).TotalSeconds,
        PrivateKey = agent.ExportPem(),
    };

    public SigningKey Key { get; } = SigningKey.Create();

    public Enrolment Enrolled => Enrolment(Monitor, Key, bus: BusText, name: _name.ToString(), period: Wished, commandsBus: CommandsBusText);

    /// <summary>Gives the event list its spool.</summary>
    public EnrolledAgent Attach()
    {
        Spool = SpoolAttachment.Attach(Context, Enrolled)!;
        return this;
    }

    /// <summary>Begins the session.</summary>
    public EnrolledAgent Begin(IAgentBus? bus = null)
    {
        Attach();
        var agent = new MonitoredAgent(() => States, node => node == Main, Carried.Enqueue);
        _session = new MonitorSession(Context, Enrolled, Spool, bus ?? Bus, new ReportNumbers(Journal.Life), agent, Learned.Enqueue);
        return this;
    }

    /// <summary>As the agent's end does it.</summary>
    public Task EndAsync() => _session!.EndAsync();

    public LinkStatus Status => _session!.Status(Enrolled);

    public void Happens(NodeFact fact) => Events.Add(Main, Clock.Wall, fact);

    /// <summary>An order that is good in every respect, issued now.</summary>
    public Order Order(OrderVerb verb = OrderVerb.Restart) => new()
    {
        Id = Guid.NewGuid().ToString("N") + "a",
        Audience = _name,
        IssuedAt = Clock.Wall.ToUnixTimeSeconds(),
        ExpiresAt = Clock.Wall.AddMinutes(10).ToUnixTimeSeconds(),
        Verb = verb,
        Node = Main,
        Identity = new ProcessIdentity("boot", 42, 4711, "host.main:i:r"),
        By = "alice",
    };

    public byte[] Signed(Order order, SigningKey? key = null) => Jws.Sign(key ?? Monitor, JwsType.Order, JsonSerializer.SerializeToUtf8Bytes(order, CoreJson.Default.Order));

    public byte[] Signed(EventPosition stored, NodeName? audience = null) => Jws.Sign(Monitor, JwsType.Ack, JsonSerializer.SerializeToUtf8Bytes(
        new Ack { Audience = audience ?? _name, IssuedAt = Clock.Wall.ToUnixTimeSeconds(), Epoch = stored.Epoch, N = stored.N }, CoreJson.Default.Ack));

    /// <summary>The reports that the bus took, each with a good signature.</summary>
    public Report[] Reports() =>
    [
        .. Bus.Sent.Select(m => Jws.Verify(m.Body.Span, JwsType.Report, [Key.PublicKey]) is JwsResult.Valid valid
            ? JsonSerializer.Deserialize(valid.Payload.Span, CoreJson.Default.Report)!
            : throw new InvalidOperationException("a report's signature is not good")),
    ];

    public IEnumerable<NodeFact.OrderRefused> Refused() => Spool.Read(int.MaxValue).Events.Select(e => e.Fact).OfType<NodeFact.OrderRefused>();

    /// <summary>Lets the test's time pass until it is so; it is a failure when it is not so within a day of it, or 15 s of ours.</summary>
    public async Task PassUntilAsync(Func<bool> condition, TimeSpan? step = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var passed = TimeSpan.Zero; !condition(); passed += step ?? TimeSpan.FromMilliseconds(50))
        {
            if (passed > TimeSpan.FromDays(1) || TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(15))
            {
                throw new TimeoutException($"it is not so after {passed}");
            }

            Time.Advance(step ?? TimeSpan.FromMilliseconds(50));
            await SettleAsync();
        }
    }

    /// <summary>Lets the loops run that have something to do.</summary>
    public static Task SettleAsync() => Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);

    public async Task PassAsync(TimeSpan time, TimeSpan step)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += step)
        {
            Time.Advance(step);
            await SettleAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            await session.DisposeAsync();
        }

        Spool?.Dispose();
        Events.Dispose();
        Journal.Dispose();
        Monitor.Dispose();
        Key.Dispose();
        await Log.DisposeAsync();
    }
}
