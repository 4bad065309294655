using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// The agent's connection to the monitor it is enrolled with, if it is: follows the enrolment's file at each reload. The one owner of the
/// session, of the spool, and of the orders that are being carried out.
/// </summary>
internal sealed class MonitorLink(MonitorContext context, Func<Enrolment, IAgentBus> connect) : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ChangeBell _reload = new();
    private readonly ReportNumbers _numbers = new(context.Journal.Life);
    private readonly EnrolmentFile _file = new(context.StateFolder);
    private OrderCarrier? _carrier;
    private EventSpool? _spool;
    private volatile Standing _standing = new(null, null, null);
    private Task _running = Task.CompletedTask;

    public LinkStatus Status => _standing switch
    {
        { Session: { } session, Enrolment: { } enrolment } => session.Status(enrolment),
        var other => new LinkStatus { Enrolled = other.Enrolment is not null, Url = other.Enrolment?.Monitor.AbsoluteUri, Trouble = other.Problem },
    };

    /// <summary>What the monitor has not got, on disk.</summary>
    public long SpoolBytes => _spool?.Bytes ?? 0;

    /// <summary>Before the nodes begin, so that the first thing that happens is kept for the monitor.</summary>
    public void Prepare()
    {
        context.Events.Spooled += context.Bell.Ring;
        Take(Read());
    }

    /// <summary>After the nodes have begun: what still lives was adopted, and what is wanted was started.</summary>
    public void Begin(Agent agent)
    {
        _carrier = new OrderCarrier(agent, context);
        _carrier.EndCut();
        agent.Reloaded += _reload.Ring;
        var monitored = new MonitoredAgent(() => agent.Nodes.Values.Select(n => ReportedState.Of(n.Current)), name => agent.Nodes.ContainsKey(name), _carrier.Begin);
        _running = Task.Run(() => RunAsync(monitored));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        if (_carrier is not null)
        {
            await _carrier.DisposeAsync();
        }

        context.Events.Attach(null);
        _spool?.Dispose();
        _end.Dispose();
    }

    private async Task RunAsync(MonitoredAgent agent)
    {
        while (!_end.IsCancellationRequested)
        {
            var next = await LiveAsync(agent);
            if (next is not null)
            {
                Take(next);
            }
        }
    }

    /// <returns>Another enrolment, or that there is none any more; null at the end.</returns>
    private async Task<EnrolmentRead?> LiveAsync(MonitoredAgent agent)
    {
        await using var session = Open(agent);
        _standing = _standing with { Session = session };
        var end = Task.Delay(Timeout.InfiniteTimeSpan, context.Clock.Provider, _end.Token);
        while (await Task.WhenAny(_reload.Rung, end) != end)
        {
            _reload.Silence();
            switch (Read())
            {
                // What cannot be read is told; it ends nothing.
                case EnrolmentRead.Refused refused:
                    Tell(refused.Problem);
                    break;
                case EnrolmentRead.Enrolled enrolled when enrolled.Enrolment.IsSameAs(_standing.Enrolment):
                case EnrolmentRead.None when _standing.Enrolment is null:
                    break;
                case var other:
                    return other;
            }
        }

        await (session?.EndAsync() ?? Task.CompletedTask);
        return null;
    }

    private MonitorSession? Open(MonitoredAgent agent)
    {
        if (_standing.Enrolment is not { } enrolment || _spool is not { } spool)
        {
            return null;
        }

        context.Log.Write("monitor", $"enrolled with {enrolment.Monitor}");
        return new MonitorSession(context, enrolment, spool, connect(enrolment), _numbers, agent, Learn);
    }

    /// <summary>The session goes on with them after the file was read anew.</summary>
    private void Learn(ImmutableArray<VerifyingKey> keys)
    {
        try
        {
            _file.Learn(keys);
            context.Log.Write("monitor", $"its keys are now {string.Join(" and ", keys.Select(k => k.Thumbprint))}");
            _reload.Ring();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            context.Log.Write("monitor", $"has other keys, which cannot be kept: {e.Message}");
        }
    }

    private EnrolmentRead Read() => _file.Read() switch
    {
        EnrolmentRead.Enrolled { Enrolment: var other } when other.Agent != context.Config().Agent =>
            new EnrolmentRead.Refused($"{_file.Path} is that of the agent {other.Agent}, and this one is {context.Config().Agent}: enrol it anew"),
        var read => read,
    };

    private void Take(EnrolmentRead read)
    {
        _standing = new Standing((read as EnrolmentRead.Enrolled)?.Enrolment, null, null);
        if (read is EnrolmentRead.Refused refused)
        {
            Tell(refused.Problem);
            return;
        }

        try
        {
            _spool?.Dispose();
            _spool = SpoolAttachment.Attach(context, _standing.Enrolment);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _spool = null;
            Tell($"events cannot be kept, so none are reported: {e.Message}");
        }
    }

    private void Tell(string problem)
    {
        context.Log.Write("monitor", problem);
        _standing = _standing with { Problem = problem };
    }

    /// <param name="Session">Null while there is none.</param>
    /// <param name="Problem">Why there is none although there should be one.</param>
    private sealed record Standing(Enrolment? Enrolment, MonitorSession? Session, string? Problem);
}
