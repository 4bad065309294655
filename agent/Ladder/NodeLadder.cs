using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// The ladder of one node: begun with a reason, followed from the process's end to the wallet's height, and told as a proof when it is over.
/// Used by the node's loop alone.
/// </summary>
internal sealed class NodeLadder(NodeName node, NodeContext context, NodeHealth health)
{
    private readonly LadderBook _book = new(node, context);
    private Ladder? _current;
    private LadderView? _last;
    private Because? _because;
    private long _numberBefore;
    private WalletLife _life = WalletLife.Unknown;
    private long _number;
    private bool _starts;

    /// <summary>The one under way, else the last; null before the first.</summary>
    public LadderView? View => _current?.View ?? _last;

    /// <summary>What is known of the wallet in the present life.</summary>
    public WalletLife Wallet => _life;

    /// <summary>Why what is decided next is done. Forgotten at the end of the loop's turn.</summary>
    public void For(RestartReason reason, OrderTerms? terms = null) => (_because, _numberBefore) = (new Because(reason, terms), _number);

    /// <summary>After an order's decision: what is under way is for it too, and ends no later than it says.</summary>
    /// <returns>The ladder's number, also of one that is over already; null where there was nothing to do.</returns>
    public long? Attach(OrderTerms terms)
    {
        if (_current is not { } ladder)
        {
            return _number > _numberBefore ? _number : null;
        }

        if (terms.Order is { } order)
        {
            ladder.Attach(order);
        }

        if (terms.KillAfter is { } budget)
        {
            ladder.Shorten(budget);
        }

        return ladder.View.Number;
    }

    /// <summary>The process is to be stopped.</summary>
    public Ladder BeginStop(NodeConfig config, SupervisedProcess process)
    {
        var budget = _because?.Terms?.KillAfter ?? config.StopBudget;
        if (_current is { IsResumed: true, IsGone: false } resumed)
        {
            resumed.Resume(budget);
            return resumed;
        }

        Conclude(ProofState.Incomplete);
        return Begin(_because ?? new Because(new RestartReason.ByLeave(), null), process.Identity, budget);
    }

    /// <summary>The process is gone, whoever ended it.</summary>
    /// <param name="config">The node's.</param>
    /// <param name="gone">The process.</param>
    /// <param name="exit">How it ended.</param>
    /// <param name="cause">Why, as far as its output tells.</param>
    /// <param name="now">When, by the agent's monotonic clock.</param>
    /// <param name="wasReady">It had answered, and nobody had asked it to stop.</param>
    /// <param name="starts">Another is started now or later.</param>
    public void Gone(NodeConfig config, NodeLife gone, ProcessExit exit, ExitCause cause, TimeSpan now, bool wasReady, bool starts)
    {
        if (_starts && _current is { } failed)
        {
            if (failed.View.Current is { } step)
            {
                failed.End(step.Rung, new StepResult.Failed($"the process {Words.Exit(exit, cause)}"));
            }

            Conclude(ProofState.Incomplete);
        }

        if (_current is null && wasReady)
        {
            Begin(new Because(new RestartReason.ByExit($"the process {Words.Exit(exit, cause)}"), null), gone.Identity, TimeSpan.Zero);
        }

        _current?.Gone(config.Kind, exit, cause, now, starts ? LadderRung.Port : null);
        _life = WalletLife.Unknown;
    }

    /// <summary>What had run ended while no agent was there.</summary>
    public void EndedUnseen(NodeConfig config, ProcessIdentity? gone)
    {
        var exit = new ProcessExit.Unknown();
        Begin(new Because(new RestartReason.ByExit("the process ended while no agent was there to see it"), null), gone, TimeSpan.Zero)
            .Gone(config.Kind, exit, ExitCause.Unknown, context.Clock.Now, LadderRung.Port);
    }

    /// <summary>No start was tried: somebody else is on the port.</summary>
    public void Held(NodeConfig config, PortSighting.Taken holder, TimeSpan took)
    {
        if (ForStart() is { } ladder)
        {
            ladder.Take(LadderRung.Port, new StepResult.Failed($"port {config.Port} is held by {Words.Process(holder.Name, holder.Pid)}"), took);
            Conclude(ProofState.Incomplete);
        }
    }

    public void SpawnFailed(string reason, TimeSpan looked, TimeSpan took)
    {
        if (ForStart() is { } ladder)
        {
            ladder.Take(LadderRung.Port, new StepResult.Ok(), looked, LadderRung.Start);
            ladder.Take(LadderRung.Start, new StepResult.Failed(reason), took);
            Conclude(ProofState.Incomplete);
        }
    }

    public void Spawned(ProcessIdentity identity, TimeSpan looked, TimeSpan took)
    {
        _life = WalletLife.Unknown;
        if (ForStart() is { } ladder)
        {
            _starts = true;
            ladder.Lives(identity);
            ladder.Take(LadderRung.Port, new StepResult.Ok(), looked, LadderRung.Start);
            ladder.Take(LadderRung.Start, new StepResult.Ok($"pid {identity.Pid}"), took, LadderRung.Answer);
        }
    }

    /// <summary>Evidence of the present life. A stop does not look at it: what it asks by itself is newer.</summary>
    public void Look(NodeEvidence evidence, NodeConfig config, ProcessPhase phase)
    {
        _life = _life.Seen(evidence.Api);
        if (_current is not { } ladder || !_starts)
        {
            return;
        }

        var end = ladder.View.Current?.Rung == LadderRung.Answer && phase is ProcessPhase.Ready ? StartSteps.Answered(ladder, config) : null;
        end ??= (evidence.Api as ApiAnswer.Answered)?.Wallet is { } wallet ? StartSteps.Saw(ladder, wallet) : null;
        ConcludeIf(end);
    }

    /// <summary>The agent asks for the wallet to be opened: from here on it may be open, whatever was seen before.</summary>
    public void Opening() => _life = _life with { Open = null };

    /// <summary>The agent opened the declared wallet, or could not.</summary>
    public void WalletOpened(string? failure)
    {
        WalletLife Known(WalletLife life) => failure is null ? life with { Open = true, OpenedAt = context.Clock.Wall } : life;
        _life = Known(_life);
        if (_current is { } ladder && _starts)
        {
            ConcludeIf(StartSteps.Opened(ladder, failure));
        }
        else
        {
            _current?.Know(Known);
        }
    }

    /// <summary>After every message: an end that no step tells.</summary>
    public void EndTurn(ProcessPhase phase, NodeLife? process)
    {
        _because = null;
        if (_current is not { } ladder || process is not null)
        {
            return;
        }

        if (phase is ProcessPhase.Stopped)
        {
            Conclude(ladder.IsGone && ladder.View.Proof.After is null ? ProofState.Complete : ProofState.Incomplete);
        }
        else if (phase is ProcessPhase.Broken)
        {
            Conclude(ProofState.Incomplete);
        }
    }

    /// <summary>Takes up what the agent before was ended in the middle of.</summary>
    /// <param name="config">The node's.</param>
    /// <param name="alive">The process that is there; null when there is none.</param>
    /// <param name="wanted">It is to run.</param>
    /// <returns>True where a process that is told to end already has to be ended and started anew.</returns>
    public bool Resume(NodeConfig config, ProcessIdentity? alive, bool wanted)
    {
        if (context.Journal.Of(node).Ladder is not { } kept)
        {
            return false;
        }

        var ladder = _current = New(kept with { Number = ++_number, Current = null }, config.StopBudget);
        ladder.Resume(config.StopBudget);
        if (kept.Current is { } cut)
        {
            ladder.Take(cut.Rung, new StepResult.Failed("the agent was ended in the middle of it"), TimeSpan.Zero);
        }

        var judged = CutLadders.Judge(kept, alive, wanted);
        if (judged is CutLadder.Gone or CutLadder.BothGone)
        {
            TakeUp(ladder, kept.Proof, config, judged is CutLadder.Gone ? alive : null);
        }
        else
        {
            _life = kept.Wallet;
        }

        ConcludeIf(judged is CutLadder.Interrupted or CutLadder.BothGone ? ProofState.Interrupted : null);
        return judged is CutLadder.EndAnew;
    }

    /// <summary>Goes on where the process was gone already.</summary>
    private void TakeUp(Ladder ladder, RestartProof proof, NodeConfig config, ProcessIdentity? after)
    {
        if (proof.Losses is null && proof.Before is not null)
        {
            ladder.Gone(config.Kind, new ProcessExit.Unknown(), ExitCause.Unknown, context.Clock.Now, LadderRung.Port);
        }

        if (after is not null)
        {
            _starts = true;
            ladder.Lives(after);
            ladder.Take(LadderRung.Start, new StepResult.Ok($"pid {after.Pid} is there"), TimeSpan.Zero, LadderRung.Answer);
        }
    }

    /// <summary>The ladder of a start: the one under way, else one that somebody ordered; a start by back-off has none.</summary>
    private Ladder? ForStart() => _current ?? (_because is { } because ? Begin(because, null, TimeSpan.Zero) : null);

    private Ladder Begin(Because because, ProcessIdentity? before, TimeSpan budget)
    {
        var proof = new RestartProof
        {
            State = ProofState.Underway,
            Reason = because.Reason,
            Found = health.Last?.Condition,
            Explanation = health.Last?.Explanation,
            Began = context.Clock.Wall,
            Before = before,
            Steps = [],
            HeightBefore = _life.Height,
        };
        _starts = false;
        return _current = New(new LadderView(++_number, because.Terms?.Order, proof.Bounded()) { Wallet = _life }, budget);
    }

    private Ladder New(LadderView view, TimeSpan budget) => new(view, context.Clock, budget, Told);

    private void Told(LadderView view, LadderStep? step, LadderRung? next)
    {
        _book.Keep(view);

        // An exit that is made good at once is told by what happens; its steps are in the proof.
        if (step is not null && view.Proof.Reason is not RestartReason.ByExit)
        {
            var at = step.TookMs is { } took ? step.Began + TimeSpan.FromMilliseconds(took) : context.Clock.Wall;
            _book.Tell(at, new NodeFact.LadderMoved(view.Order, step, next));
        }
    }

    private void Conclude(ProofState state)
    {
        if (_current is not { } ladder)
        {
            return;
        }

        _current = null;
        _starts = false;
        _last = ladder.Conclude(state);

        // In this order: told twice is no harm, not told would be.
        _book.Tell(context.Clock.Wall, new NodeFact.Proved(_last.Proof));
        _book.Keep(null);
    }

    private void ConcludeIf(ProofState? end)
    {
        if (end is { } state)
        {
            Conclude(state);
        }
    }

    private sealed record Because(RestartReason Reason, OrderTerms? Terms);
}
