using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The process half of a node's loop: takes the machine's steps, carries out their effects, and writes down what happened in its order.</summary>
internal sealed class NodeMachine(NodeName node, NodeContext context, NodeProcess process, NodeTasks tasks, NodeHealth health)
{
    private MachineState _state = Remembered(context.Journal.Of(node), context.Clock);
    private PortSighting.Taken? _holder;

    public ProcessPhase Phase => _state.Phase;

    public SupervisedProcess? Process => process.Current;

    /// <summary>The last start was not tried, because another process holds the port.</summary>
    public bool IsHeld => _holder is not null;

    /// <summary>Starts after the first, in this agent's life.</summary>
    public int Restarts { get; private set; } = -1;

    /// <summary>When the next start is due; null when none is.</summary>
    public DateTimeOffset? NextStart => _state.Phase switch
    {
        ProcessPhase.BackingOff waiting => context.Clock.Wall + (waiting.Until - context.Clock.Now),
        ProcessPhase.Broken open => context.Clock.Wall + (open.Until - context.Clock.Now),
        _ => null,
    };

    /// <summary>Tells of the processes that ended while no agent was there to see it, at the time at which it is found out.</summary>
    /// <param name="alive">The process that is there; null when there is none.</param>
    /// <param name="expected">An operator had stopped it.</param>
    public void TellUntoldEnds(ProcessIdentity? alive, bool expected)
    {
        var journaled = context.Journal.Of(node).Identity;
        var untold = context.Events.LastLives.GetValueOrDefault(node).Untold(journaled, alive);
        foreach (var pid in untold.Where(p => journaled?.Pid == p ? IdentityProof.IsOver(journaled) : IdentityProof.IsFree(p)))
        {
            context.Events.Add(node, context.Clock.Wall, new NodeFact.Exited(pid, null, null, ExitCause.Unknown, expected));
            health.Exited(new ProcessExit.Unknown(), ExitCause.Unknown, pid, NextStart);
        }
    }

    public void Adopt(AdoptableProcess found, NodeConfig config)
    {
        process.Adopt(found);
        Restarts = 0;
        context.Events.Add(node, context.Clock.Wall, new NodeFact.Adopted(found.Identity.Pid));
        Decide(new ProcessEvent.Adopted(), config);
    }

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
    public void Bury(SupervisedProcess gone, DateTimeOffset at, NodeConfig config, Action observeGone)
    {
        var expected = _state.Phase is ProcessPhase.Stopping;
        var exit = process.Bury();
        var writes = Step(new ProcessEvent.Exited(), config);
        var cause = exit is ProcessExit.Exited { Code: 0 } ? ExitCause.Unknown : ExitCauses.Recognise(LogTail.Read(context.Launcher.LogFile(node), gone.LogStart), exit);
        context.Events.Add(node, at, new NodeFact.Exited(
            gone.Identity.Pid,
            (exit as ProcessExit.Exited)?.Code,
            (exit as ProcessExit.Killed)?.Signal,
            cause,
            expected));
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
                tasks.BeginStop(config, current, health.AnswersNow);
                break;
            case ProcessEffect.BackedOff backedOff:
                writes.Add(Writing(new NodeFact.BackedOff((long)backedOff.For.TotalMilliseconds)));
                break;
            case ProcessEffect.BreakerOpened opened:
                context.Journal.Append(node, new JournalRecord.Breaker(node, _state.History.Openings, context.Clock.Wall + opened.For), durable: false);
                writes.Add(Writing(new NodeFact.BreakerOpened((long)opened.For.TotalMilliseconds, opened.Why)));
                break;
        }
    }

    private void Spawn(NodeConfig config, List<Action> writes)
    {
        if (tasks.PortHolder(config) is { } holder)
        {
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
            writes.Add(Writing(new NodeFact.SpawnFailed(failure)));
            health.Exited(new ProcessExit.NeverStarted(failure), ExitCause.Unknown, null, null);
            writes.AddRange(Step(new ProcessEvent.SpawnFailed(), config));
            return;
        }

        Restarts++;
        writes.Add(Writing(new NodeFact.Spawned(process.Current!.Identity.Pid)));
    }

    /// <summary>The fact with the time it has now, to be written later.</summary>
    private Action Writing(NodeFact fact)
    {
        var at = context.Clock.Wall;
        return () => context.Events.Add(node, at, fact);
    }

    /// <summary>An open breaker stays open when the agent is started again.</summary>
    private static MachineState Remembered(JournaledNode journaled, AgentClock clock) =>
        journaled.BrokenUntil is { } until && until > clock.Wall
            ? new MachineState(new ProcessPhase.Broken(clock.Now + (until - clock.Wall)), ProcessHistory.Empty with { Openings = journaled.Openings })
            : MachineState.Initial;
}
