using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// The one loop that reports: at once on a change, else each period. What could not be sent changes nothing: the next report carries
/// everything that the monitor has not acked.
/// </summary>
internal sealed class Reporter
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(30);

    private readonly MonitorContext _context;
    private readonly EventSpool _spool;
    private readonly IAgentBus _bus;
    private readonly MonitorStanding _standing;
    private readonly SigningKey _key;
    private readonly TimeSpan _wished;
    private readonly ImmutableArray<string> _trusts;
    private readonly Func<IEnumerable<ReportedState>> _nodes;
    private readonly ReportNumbers _numbers;
    private readonly Dictionary<NodeName, ToldState> _told = [];
    private ReportPace _pace = new();
    private EventPosition _from;

    /// <param name="context">Shared.</param>
    /// <param name="enrolment">Whose period it is.</param>
    /// <param name="key">The agent's own; the caller disposes of it.</param>
    /// <param name="spool">The events.</param>
    /// <param name="numbers">Of this life of the agent.</param>
    /// <param name="bus">Where to.</param>
    /// <param name="standing">Told of each try.</param>
    /// <param name="nodes">All nodes as they are now.</param>
    public Reporter(MonitorContext context, Enrolment enrolment, SigningKey key, EventSpool spool, ReportNumbers numbers, IAgentBus bus, MonitorStanding standing, Func<IEnumerable<ReportedState>> nodes)
    {
        (_context, _spool, _bus, _standing, _key, _nodes, _numbers) = (context, spool, bus, standing, key, nodes, numbers);
        (_wished, _trusts) = (enrolment.Period, [.. enrolment.MonitorKeys.Select(k => k.Thumbprint)]);
    }

    private TimeSpan Period => _context.Config().Monitor.ReportPeriod ?? _wished;

    private TimeSpan Now => _context.Clock.Now;

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            TakeNote();
            var wait = _pace.DueAt(Period, _context.Times) - Now;
            if (wait <= TimeSpan.Zero)
            {
                await ReportAsync(cancellation);
                continue;
            }

            // Timers count whole milliseconds: a wait of less would fire early and again and again.
            using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(_context.Bell.Rung, _standing.Acks.Rung, Task.Delay(wait + TimeSpan.FromMilliseconds(1), _context.Clock.Provider, woken.Token));
            await woken.CancelAsync();
        }
    }

    /// <summary>
    /// What has happened since the last report, once: for the agent's end, when <see cref="RunAsync"/> runs no more. What does not get through
    /// is told by the next agent.
    /// </summary>
    public async Task ReportLastAsync(CancellationToken cancellation)
    {
        TakeNote();
        if (_pace is { NotBefore: null, ChangedAt: not null })
        {
            await ReportAsync(cancellation);
        }
    }

    private void TakeNote()
    {
        _pace = _context.Bell.Silence() ? _pace.Changed(Now) : _pace;
        _standing.Acks.Silence();
        _pace = _spool.Stored != _from ? _pace.Acked(Now) : _pace;
    }

    private async Task ReportAsync(CancellationToken cancellation)
    {
        var whole = _pace.IsWholeDue(Now, Period);

        // The nodes first: a state that is older than an event that is told is no harm, the other way round is. Those that stay as they are come
        // with the next report of all: a change must not wait for what it has nothing to do with.
        var states = _nodes().ToArray();
        var due = states.Where(s => whole || !IsTold(s)).OrderBy(IsTold).ToArray();
        var read = _spool.Read(Report.MaxBytes);
        _spool.FlushToDisk();
        _from = read.Stored;
        var (more, bytes) = (false, 0);
        foreach (var report in ReportComposer.Compose(Head(states, read), due, read).Take(whole ? int.MaxValue : 1))
        {
            var (result, length) = await SendAsync(report with { Number = _numbers.Next() }, cancellation);
            if (Failure(result) is { } retryAfter)
            {
                _pace = _pace.Failed(Now, retryAfter);
                return;
            }

            (more, bytes) = (report.More, bytes + length);
            Remember(report, states);
        }

        _pace = _pace.Sent(Now, whole, more, bytes > _context.Times.Large);
    }

    private bool IsTold(ReportedState state) =>
        _told.TryGetValue(state.Node.Inventory.Name, out var told) && told == ToldState.Of(state.Node with { Seen = state.Seen?.Seen }, state.WantsRestart);

    private void Remember(Report report, ReportedState[] states)
    {
        var restarts = states.Where(s => s.WantsRestart).Select(s => s.Node.Inventory.Name).ToHashSet();
        foreach (var node in report.Nodes.Where(n => n.Seen is not null))
        {
            _told[node.Inventory.Name] = ToldState.Of(node, restarts.Contains(node.Inventory.Name));
        }
    }

    private Report Head(IEnumerable<ReportedState> states, SpoolRead read) => new()
    {
        Agent = _context.Config().Agent,
        Epoch = read.Stored.Epoch,
        Number = 0,
        At = _context.Clock.Wall,
        Version = ProgramVersion.Text,
        PeriodSeconds = (int)Math.Clamp(Period.TotalSeconds, 1, 600),
        Names = [.. states.Select(s => s.Node.Inventory.Name).Order()],
        Nodes = [],
        Events = [],
        Trusts = _trusts,
    };

    private async Task<(BusSend Result, int Bytes)> SendAsync(Report report, CancellationToken cancellation)
    {
        if (report.Events is [.., var last])
        {
            _standing.Tells(last.Position);
        }

        var payload = JsonSerializer.SerializeToUtf8Bytes(report, CoreJson.Default.Report);
        var message = new BusMessage
        {
            MessageId = $"{report.Agent}:{report.Epoch}.{report.Number}",
            Body = Jws.Sign(_key, JwsType.Report, payload),
            ContentType = "application/jose",
            TimeToLive = TimeToLive,
        };
        return (await _bus.SendAsync(message, cancellation), payload.Length);
    }

    /// <returns>When to try again; null when it was accepted.</returns>
    private TimeSpan? Failure(BusSend result)
    {
        var own = _context.Times.RetryAfter;
        (string? trouble, TimeSpan? wait) = result switch
        {
            BusSend.NotNow notNow => (notNow.Reason, notNow.NotBefore > own ? notNow.NotBefore : own),
            BusSend.Refused refused => ($"{refused.Condition}: {refused.Description}", AfterRefusal),
            _ => ((string?)null, (TimeSpan?)null),
        };
        if (_standing.Reported(trouble))
        {
            _context.Log.Write("monitor", trouble is null ? "reports arrive" : $"reports wait: {trouble}");
        }

        return wait;
    }
}
