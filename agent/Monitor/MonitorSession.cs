using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>One enrolment at work: a bus connection, and the three loops over it.</summary>
internal sealed class MonitorSession : IAsyncDisposable
{
    /// <summary>The agent's end waits so long for its last report.</summary>
    private static readonly TimeSpan LastReportLimit = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _end = new();
    private readonly MonitorContext _context;
    private readonly MonitorStanding _standing;
    private readonly EventSpool _spool;
    private readonly IAgentBus _bus;
    private readonly SigningKey _key;
    private readonly Reporter _reporter;
    private readonly Task _running;

    public MonitorSession(MonitorContext context, Enrolment enrolment, EventSpool spool, IAgentBus bus, ReportNumbers numbers, MonitoredAgent agent, Action<ImmutableArray<VerifyingKey>> learn)
    {
        (_context, _spool, _bus) = (context, spool, bus);
        _key = enrolment.OpenKey();
        _standing = new MonitorStanding(context.Clock, new EventPosition(spool.Stored.Epoch, spool.Last));
        context.Duty.Follow(_standing, () => RemedyDuty.Patience(context.Config().Monitor, enrolment.Period));
        var tally = new RefusalTally(context.Events, context.Clock);
        _reporter = new Reporter(context, enrolment, _key, spool, numbers, bus, _standing, agent.States);
        var receiver = new CommandReceiver(context, enrolment, spool, bus, _standing, tally, agent, learn);
        var watch = new SilenceWatch(context, enrolment, _standing, tally, agent.States);
        _running = Task.WhenAll(
            Task.Run(() => OwnAsync("report", _reporter.RunAsync)),
            Task.Run(() => OwnAsync("receive", receiver.RunAsync)),
            Task.Run(() => OwnAsync("watch the monitor", watch.RunAsync)));
    }

    public LinkStatus Status(Enrolment enrolment) => new()
    {
        Enrolled = true,
        Url = enrolment.Monitor.AbsoluteUri,
        Connected = _bus.State is BusState.Connected,
        LastAck = _standing.LastAck,
        LastReport = _standing.LastReport,
        PendingEvents = _spool.Pending,
        Restarts = _context.Duty.Actor,
        Trouble = _spool.Trouble is { } disk ? $"events cannot be kept: {disk}" : (_bus.State as BusState.Disconnected)?.LastError ?? _standing.Trouble,
    };

    /// <summary>Ends the loops and tells what they had not told yet; nothing where the bus is away.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await _running;
        if (_bus.State is not BusState.Connected)
        {
            return;
        }

        using var limit = new CancellationTokenSource(LastReportLimit, _context.Clock.Provider);
        try
        {
            await _reporter.ReportLastAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // The next agent tells it.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _context.Duty.Forget(_standing);
        await _end.CancelAsync();
        await _running;
        await _bus.DisposeAsync();
        _key.Dispose();
        _end.Dispose();
    }

    // A bug in one of them must not end the others, nor itself for good.
    private async Task OwnAsync(string what, Func<CancellationToken, Task> loop)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await loop(_end.Token);
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception bug)
            {
                _context.Log.Bug("monitor", what, bug);
                await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(5), _context.Clock.Provider, _end.Token));
            }
        }
    }
}
