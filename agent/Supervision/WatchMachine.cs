using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// The process half of the loop of a node that somebody else runs: takes the lives that the finder finds, buries them, and asks systemd where
/// a unit is named. It holds no handle that could signal.
/// </summary>
internal sealed class WatchMachine(NodeName node, NodeContext context, EvidenceGatherer gatherer, NodeTasks tasks, NodeHealth health, Action<NodeMessage> post) : INodeMachine
{
    private readonly WatchFinder _finder = new(gatherer, context.Clock);
    private readonly WatchedUnit _unit = new(node, context, tasks, health, post);
    private ProcessPhase _phase = new ProcessPhase.Stopped();
    private WatchedProcess? _process;
    private volatile string? _lastName;
    private bool _wanted;
    private bool _sawNone;

    public ProcessPhase Phase => _process is not null && _unit.IsBusyWith(_process) ? new ProcessPhase.Stopping(ThenStart: _wanted) : _phase;

    public NodeLife? Process => _process;

    public DateTimeOffset ProcessSince { get; private set; }

    public bool IsHeld => true;

    public bool AllowsRestart => _unit.AllowsRestart;

    public int Restarts { get; private set; } = -1;

    public DateTimeOffset? NextStart => null;

    public BreakerStanding? Breaker => _unit.Breaker;

    public UnitOrder? UnitOrder => _unit.Order;

    public void Begin(AdoptableProcess? found, bool wanted, NodeConfig config)
    {
        found?.PidFd.Dispose();
        UntoldEnds.Tell(node, context, health, alive: null, expected: !wanted, nextStart: null);
        Want(wanted);
    }

    public string? Refuse(NodeOrder order, NodeConfig config) => order switch
    {
        NodeOrder.Enable or NodeOrder.Disable => null,
        _ when config.Unit is null => $"{node} is only watched, and agent.json names no unit of it: whoever runs it must {order.ToString().ToLowerInvariant()} it",
        _ when _unit.Order is { IsRunning: true, Verb: var verb } => $"{node}: systemctl {verb.ToString().ToLowerInvariant()} {config.Unit.Name} has not returned yet",
        _ => null,
    };

    public void Ordered(NodeOrder order, string by, NodeConfig config)
    {
        UnitVerb? verb = order switch
        {
            NodeOrder.Start when _process is null => UnitVerb.Start,
            NodeOrder.Stop => UnitVerb.Stop,
            NodeOrder.Restart => UnitVerb.Restart,
            _ => null,
        };
        _unit.Forgive($"{by} ordered {order.ToString().ToLowerInvariant()}");
        if (verb is { } asked)
        {
            _unit.Ask(asked, $"ordered by {by}", _process, config);
        }
    }

    public void TellClosed(string why) => _unit.TellClosed(why);

    public void Keep(NodeConfig config)
    {
        // It runs as somebody else has started it, and is never spoken to but to be looked at.
    }

    /// <summary>What is wanted decides whether the process is looked for; only a restart that the agent itself wants asks the unit.</summary>
    public void Decide(ProcessEvent happened, NodeConfig config)
    {
        switch (happened)
        {
            case ProcessEvent.StartWanted or ProcessEvent.RestartWanted { ByOperator: true }:
                Want(true);
                break;
            case ProcessEvent.StopWanted:
                Want(false);
                break;
            case ProcessEvent.RestartWanted:
                _unit.AskByItself(health.Last?.Explanation ?? "", _process, config);
                break;
            case ProcessEvent.Answered when _phase is ProcessPhase.Starting:
                _phase = new ProcessPhase.Ready(context.Clock.Now);
                break;
        }
    }

    public void Bury(NodeLife gone, DateTimeOffset at, NodeConfig config, Action observeGone)
    {
        if (_phase is ProcessPhase.Ready ready && context.Clock.Now - ready.Since >= context.Config().Supervision.ResetAfter)
        {
            _unit.Forgive("its process has lasted");
        }

        var exit = gone.TryReap() ?? new ProcessExit.Unknown();
        gone.MarkExited();
        var cause = config.LogFile is { } log ? ExitCauses.Recognise(LogTail.Read(log, gone.LogStart), exit) : ExitCause.Unknown;
        context.Events.Add(node, at, new NodeFact.Exited(
            gone.Identity.Pid,
            (exit as ProcessExit.Exited)?.Code,
            (exit as ProcessExit.Killed)?.Signal,
            cause,
            Expected: _unit.IsAbout(gone)));
        health.Exited(exit, cause, gone.Identity.Pid, null);
        context.Journal.Append(node, new JournalRecord.Ended(node), durable: false);
        LetGo();
        observeGone();
    }

    public bool Take(NodeMessage.Watched message, NodeConfig config)
    {
        switch (message)
        {
            case NodeMessage.Found found:
                return Take(found.Process);
            case NodeMessage.NotFound notFound:
                NotFound(notFound.UnitFailed, config);
                return false;
            case NodeMessage.UnitAnswered answered:
                _unit.Answered(answered, _process, config);
                Want(_wanted);
                return false;
            default:
                return false;
        }
    }

    public async Task<LookRequest?> PrepareAsync(LookRequest request, CancellationToken cancellation)
    {
        if (request.Blank.Desired is not DesiredState.Running)
        {
            return request;
        }

        switch (await _finder.FindAsync(request.Config, request.Process as WatchedProcess, _lastName, cancellation))
        {
            case WatchFinding.Another another:
                post(new NodeMessage.Found(another.Process));
                return null;
            case WatchFinding.Nothing nothing:
                post(new NodeMessage.NotFound(nothing.UnitFailed));
                return WithReason(request, nothing.Why);
            default:
                return request;
        }
    }

    /// <summary>How the last life ended says more than where none was found; but of a node that was never seen there is nothing else.</summary>
    private static LookRequest WithReason(LookRequest request, string why) => request.Gone is ProcessSighting.Gone { Exit: ProcessExit.NeverStarted }
        ? request with { Gone = new ProcessSighting.Gone(new ProcessExit.NeverStarted(why), ExitCause.Unknown) }
        : request;

    private bool Take(WatchedProcess found)
    {
        // The end of the one before is on its way: it is told first, and then looked again.
        if (!_wanted || found.Identity == _process?.Identity || _process?.See() is ProcessSighting.Gone)
        {
            found.Dispose();
            return false;
        }

        LetGo();
        _process = found;
        _lastName = found.Name ?? _lastName;
        _phase = new ProcessPhase.Starting(context.Clock.Now);
        found.Watch(context.Watcher, () => post(new NodeMessage.ProcessExited(found, context.Clock.Wall)));
        context.Declared.Put(node, found.Identity.Pid);
        context.Journal.Append(node, new JournalRecord.Spawned(node, found.Identity), durable: false);
        ProcessSince = context.Clock.Wall;
        context.Events.Add(node, ProcessSince, Restarts < 0 && !_sawNone ? new NodeFact.Adopted(found.Identity.Pid) : new NodeFact.Found(found.Identity.Pid));
        Restarts++;
        return true;
    }

    private void NotFound(bool unitFailed, NodeConfig config)
    {
        _sawNone = true;
        _unit.Looked();
        if (unitFailed && _wanted && _process is null)
        {
            _unit.AskByItself("systemd has given it up (failed)", null, config);
        }
    }

    /// <summary>Nobody is signalled: a process that is not wanted is no longer looked at. While its unit is being stopped it is, for its end.</summary>
    private void Want(bool wanted)
    {
        _wanted = wanted;
        if (wanted)
        {
            _phase = _phase is ProcessPhase.Stopped ? new ProcessPhase.Looking() : _phase;
        }
        else if (_process is null || !(_unit.IsBusyWith(_process) || _process.See() is ProcessSighting.Gone))
        {
            LetGo();
        }
    }

    private void LetGo()
    {
        if (_process is { } process)
        {
            process.Unwatch(context.Watcher);
            process.Dispose();
            context.Declared.Put(node, null);
            _process = null;
        }

        _phase = _wanted ? new ProcessPhase.Looking() : new ProcessPhase.Stopped();
    }
}
