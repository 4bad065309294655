namespace MoneroCloud.Agent;

/// <summary>
/// The loop that notices when the monitor has acked nothing for too long: the agent's only outward alarm. What the webhook was told is in the
/// journal, so that another life of the agent neither tells it twice nor forgets the end.
/// </summary>
internal sealed class SilenceWatch
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly MonitorContext _context;
    private readonly Enrolment _enrolment;
    private readonly MonitorStanding _standing;
    private readonly RefusalTally _tally;
    private readonly Func<IEnumerable<ReportedState>> _states;
    private SilencePace _pace;

    public SilenceWatch(MonitorContext context, Enrolment enrolment, MonitorStanding standing, RefusalTally tally, Func<IEnumerable<ReportedState>> states)
    {
        (_context, _enrolment, _standing, _tally, _states) = (context, enrolment, standing, tally, states);
        _pace = context.Journal.Silence is { } silence && silence.Monitor == enrolment.Monitor.AbsoluteUri
            ? SilencePace.Remembered(silence.Since, context.Clock.Wall - silence.ToldAt, Policy.SilentAgain, context.Clock.Now)
            : new SilencePace.Quiet();
    }

    private LinkPolicy Policy => _context.Config().Monitor;

    public async Task RunAsync(CancellationToken cancellation)
    {
        Go(_pace); // What was told of another monitor is over.
        while (!cancellation.IsCancellationRequested)
        {
            await Task.Delay(Period, _context.Clock.Provider, cancellation);
            _tally.Tell();
            await LookAsync(cancellation);
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        var (since, silentFor) = _standing.Silence();
        var silent = silentFor >= Policy.SilentAfter;
        switch (_pace.Next(silent, heard: !silent && _standing.LastAck is not null, _context.Clock.Now))
        {
            case SilenceStep.TellSilent:
                await TellSilentAsync(_pace is SilencePace.Told told ? told.Since : since, cancellation);
                break;
            case SilenceStep.End:
                _context.Log.Write("monitor", "the monitor answers again");
                Go(_pace.AfterEnd(_context.Clock.Now));
                break;
            case SilenceStep.TellHeard:
                await TellHeardAsync(((SilencePace.Ending)_pace).Since, cancellation);
                break;
        }
    }

    private async Task TellSilentAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        var text = $"the monitor at {_enrolment.Monitor} has been silent since {since:u}: the agent {_enrolment.Agent} goes on supervising, and nobody is alerted";
        _context.Log.Write("monitor", text);
        var arrived = await PostAsync(SilenceNotice.Silent, text, since, cancellation);
        _pace = _pace.AfterSilent(since, arrived, Policy.SilentAgain, _context.Clock.Now);
        if (arrived is true)
        {
            _context.Journal.Tell(new JournalRecord.MonitorSilent(_enrolment.Monitor.AbsoluteUri, since, _context.Clock.Wall));
        }
    }

    private async Task TellHeardAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        var text = $"the monitor at {_enrolment.Monitor}, silent since {since:u}, answers the agent {_enrolment.Agent} again";
        Go(_pace.AfterHeard(await PostAsync(SilenceNotice.Heard, text, since, cancellation) is not false, _context.Clock.Now));
    }

    private void Go(SilencePace next)
    {
        _pace = next;
        if (next is SilencePace.Quiet && _context.Journal.Silence is not null)
        {
            _context.Journal.Tell(null);
        }
    }

    /// <returns>Whether the webhook took it; null where there is none.</returns>
    private async Task<bool?> PostAsync(string what, string text, DateTimeOffset since, CancellationToken cancellation)
    {
        if (_context.Config().Webhook is not { } address)
        {
            return null;
        }

        var states = _states().ToList();
        var failure = await Webhook.PostAsync(address, new SilenceNotice(what, text, _enrolment.Agent.ToString(), since, states.Count, states.Count(s => s.IsNotUp)), cancellation);
        if (failure is not null)
        {
            _context.Log.Write("monitor", $"the webhook of {address} could not be told: {failure}");
        }

        return failure is null;
    }
}
