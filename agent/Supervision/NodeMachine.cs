using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The process half of a node's loop: takes the machine's steps, carries out their effects, and writes down what happened in its order.</summary>
internal sealed class NodeMachine(NodeName node, NodeContext context, NodeProcess process, NodeTasks tasks, NodeHealth health, NodeLadder ladder) : INodeMachine
{
    private MachineState _state = Remembered(context, context.Journal.Of(node));
    private BreakerStanding? _opened = context.Journal.Of(node).BreakerAt(context.Clock.Wall, context.Config().Supervision.BreakerMax);
    private PortSighting.Taken? _holder;

    /// <summary>What the living process was started or taken over with: it is saved and stopped by that, and not by what a reload makes of it.</summary>
    private NodeConfig? _runs;

    public ProcessPhase Phase => _state.Phase;

    public NodeLife? Process => process.Current;

    public DateTimeOffset ProcessSince { get; private set; }

    /// <summary>The last start was not tried, because another process holds the port.</summary>
    public bool IsHeld => _holder is not null;

    public bool AllowsRestart => true;

    /// <summary>Starts after the first, in this agent's life.</summary>
    public int Restarts { get; private set; } = -1;

    /// <summary>When the next start is due; null when none is.</summary>
    public DateTimeOffset? NextStart => _state.Phase switch
    {
        ProcessPhase.BackingOff waiting => context.Clock.Wall + (waiting.Until - context.Clock.Now),
        ProcessPhase.Broken open => context.Clock.Wall + (open.Until - context.Clock.Now),
        _ => null,
    };

    /// <summary>Null while it is closed.</summary>
    public BreakerStanding? Breaker => _opened is { } opened && _state.Phase is not ProcessPhase.Broken
        ? opened with { State = BreakerState.HalfOpen, NextTry = null }
        : _opened;

    /// <summary>The breaker is closed from here on, if it was not.</summary>
    public void TellClosed(string why)
    {
        if (_opened is not null)
        {
            _opened = null;
            context.Journal.Append(node, new JournalRecord.Breaker(node, _state.History.Openings, null), durable: false);
            context.Events.Add(node, context.Clock.Wall, new NodeFact.BreakerClosed(why));
        }
    }

    public UnitOrder? UnitOrder => null;

    public void Begin(AdoptableProcess? found, bool wanted, NodeConfig config)
    {
        var endsAnew = ladder.Resume(config, found?.Identity, wanted);
        var unseen = UntoldEnds.Tell(node, context, health, found?.Identity, expected: !wanted, NextStart);
        if (unseen is not null && wanted && found is null && ladder.View is null)
        {
            ladder.EndedUnseen(config, unseen.Life);
        }

        if (found is not null)
        {
            Adopt(found, config);
        }

        Decide(wanted ? new ProcessEvent.StartWanted(ByOperator: false) : new ProcessEvent.StopWanted(), config);
        if (endsAnew)
        {
            Decide(new ProcessEvent.RestartWanted(ByOperator: true), config);
        }
    }

    public string? Refuse(NodeOrder order, NodeConfig config) => null;

    public void Ordered(NodeOrder order, string by, NodeConfig config)
    {
        // What an order means is decided event by event.
    }

    public bool Take(NodeMessage.Watched message, NodeConfig config) => false;

    public Task<LookRequest?> PrepareAsync(LookRequest request, CancellationToken cancellation) => Task.FromResult<LookRequest?>(request);

    private void Adopt(AdoptableProcess found, NodeConfig config)
    {
        process.Adopt(found);
        _runs = config;
        Restarts = 0;
        ProcessSince = context.Clock.Wall;
        context.Events.Add(node, ProcessSince, new NodeFact.Adopted(found.Identity.Pid));
        Decide(new ProcessEvent.Adopted(), config);
    }

    public void Keep(NodeConfig config) => _runs = config;

    public void Decide(ProcessEvent happened, NodeConfig config)
    {
        foreach (var write in Step(happened, config))
        {
            write();
        }
    }

    /// <summary>
    /// The process is gone. What replaces it is started first and everything is written afterwards, in the order in which it happened:
    /// a payment service waits for the wallet, not for our notes.
    /// </summary>
    public void Bury(NodeLife gone, DateTimeOffset at, NodeConfig config, Action observeGone)
    {
        var (expected, wasReady) = (_state.Phase is ProcessPhase.Stopping, _state.Phase is ProcessPhase.Ready);
        var now = context.Clock.Now;
        var exit = process.Bury();
        var writes = Step(new ProcessEvent.Exited(), config);
        var cause = exit is ProcessExit.Exited { Code: 0 } ? ExitCause.Unknown : ExitCauses.Recognise(LogTail.Read(context.Launcher.LogFile(node), gone.LogStart), exit);
        context.Events.Add(node, at, new NodeFact.Exited(
            gone.Identity.Pid,
            (exit as ProcessExit.Exited)?.Code,
            (exit as ProcessExit.Killed)?.Signal,
            cause,
            expected));
        ladder.Gone(config, gone, exit, cause, now, wasReady, starts: _state.Phase is ProcessPhase.Starting or ProcessPhase.BackingOff);
        health.Exited(exit, cause, gone.Identity.Pid, _state.Phase is ProcessPhase.Starting ? at : NextStart);
        observeGone();
        foreach (var write in writes)
        {
            write();
        }

        process.Forget(gone);
    }

    private List<Action> Step(ProcessEvent happened, NodeConfig config)
    {
        var step = ProcessMachine.Decide(_state, happened, context.Config().Supervision, context.Clock.Now, Random.Shared.NextDouble());
        _state = step.Next;
        var writes = new List<Action>();
        foreach (var effect in step.Effects)
        {
            Carry(effect, config, writes);
        }

        if (_opened is not null && _state is { Phase: not ProcessPhase.Broken, History.HalfOpen: false })
        {
            writes.Add(() => TellClosed(Closing(happened)));
        }

        return writes;
    }

    private void Carry(ProcessEffect effect, NodeConfig config, List<Action> writes)
    {
        switch (effect)
        {
            case ProcessEffect.Spawn:
                Spawn(config, writes);
                break;
            case ProcessEffect.BeginStop when process.Current is { } current:
                tasks.BeginStop(_runs ?? config, current, ladder.BeginStop(config, current), health.Silence);
                break;
            case ProcessEffect.BackedOff backedOff:
                writes.Add(Writing(new NodeFact.BackedOff((long)backedOff.For.TotalMilliseconds)));
                break;
            case ProcessEffect.BreakerOpened opened:
                _opened = (_opened ?? new BreakerStanding { State = BreakerState.Open, Since = context.Clock.Wall, Why = opened.Why }) with { NextTry = context.Clock.Wall + opened.For };
                context.Journal.Append(
                    node,
                    new JournalRecord.Breaker(node, _state.History.Openings, _opened.NextTry) { Since = _opened.Since, Why = _opened.Why },
                    durable: false);
                writes.Add(Writing(new NodeFact.BreakerOpened((long)opened.For.TotalMilliseconds, opened.Why)));
                break;
        }
    }

    private void Spawn(NodeConfig config, List<Action> writes)
    {
        var began = context.Clock.Now;
        var held = tasks.PortHolder(config);
        var looked = context.Clock.Now - began;
        if (held is { } holder)
        {
            writes.Add(() => ladder.Held(config, holder, looked));

            // Looked at every two seconds, told once.
            if (holder != _holder)
            {
                _holder = holder;
                writes.Add(() => context.Log.Write(node.ToString(), $"not started: port {config.Port} is held by another process ({holder.Name ?? "unknown"}, pid {holder.Pid?.ToString() ?? "unknown"})"));
            }

            writes.AddRange(Step(new ProcessEvent.SpawnHeld(), config));
            return;
        }

        _holder = null;
        if (process.Spawn(config) is { } failure)
        {
            var tried = context.Clock.Now - began - looked;
            writes.Add(() => ladder.SpawnFailed(failure, looked, tried));
            writes.Add(Writing(new NodeFact.SpawnFailed(failure)));
            health.Exited(new ProcessExit.NeverStarted(failure), ExitCause.Unknown, null, null);
            writes.AddRange(Step(new ProcessEvent.SpawnFailed(), config));
            return;
        }

        Restarts++;
        _runs = config;
        var (identity, took) = (process.Current!.Identity, context.Clock.Now - began - looked);
        var at = context.Clock.Wall;
        ProcessSince = at;
        writes.Add(() => context.Events.Add(node, at, new NodeFact.Spawned(identity.Pid)));
        writes.Add(() => ladder.Spawned(identity, looked, took));
    }

    private static string Closing(ProcessEvent happened) => happened switch
    {
        ProcessEvent.StopWanted => "the node is to be stopped",
        ProcessEvent.StartWanted or ProcessEvent.RestartWanted => "a start is wanted",
        _ => "the one start that was tried has lasted",
    };

    /// <summary>The fact with the time it has now, to be written later.</summary>
    private Action Writing(NodeFact fact)
    {
        var at = context.Clock.Wall;
        return () => context.Events.Add(node, at, fact);
    }

    /// <summary>An open breaker stays open when the agent is started again.</summary>
    private static MachineState Remembered(NodeContext context, JournaledNode journaled) =>
        context.Clock.Wall is var now && journaled.BreakerAt(now, context.Config().Supervision.BreakerMax) is { NextTry: { } next }
            ? new MachineState(new ProcessPhase.Broken(context.Clock.Now + (next - now)), ProcessHistory.Empty with { Openings = journaled.Openings })
            : MachineState.Initial;
}
