using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// One stop, restart or start from its cause to its end: which steps were taken, how each went, and what is known of the wallet. The steps before
/// the process's end come from <see cref="StopLadder"/>, all others from the node's loop, so one lock is round it.
/// </summary>
/// <param name="start">What is known at its beginning, or of one that an earlier agent left.</param>
/// <param name="clock">The clock.</param>
/// <param name="budget">Until SIGKILL.</param>
/// <param name="told">Told of each change, in order: the ladder after it, the step that ended or goes on (null for none), and what began.</param>
internal sealed class Ladder(LadderView start, AgentClock clock, TimeSpan budget, Action<LadderView, LadderStep?, LadderRung?> told)
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _began = clock.Now;
    private LadderView _view = start;
    private TimeSpan _currentSince = clock.Now;
    private TimeSpan _deadline = clock.Now + budget;
    private TaskCompletionSource _shortened = NewSignal();
    private string? _seen;
    private bool _gone;
    private bool _resumed;

    public LadderView View
    {
        get
        {
            lock (_lock)
            {
                return _view;
            }
        }
    }

    /// <summary>Until SIGKILL.</summary>
    public TimeSpan Left
    {
        get
        {
            lock (_lock)
            {
                return _deadline - clock.Now;
            }
        }
    }

    /// <summary>Completes the next time that the budget is shortened.</summary>
    public Task Shortened
    {
        get
        {
            lock (_lock)
            {
                return _shortened.Task;
            }
        }
    }

    /// <summary>The process that was to be stopped is gone, or there was none.</summary>
    public bool IsGone
    {
        get
        {
            lock (_lock)
            {
                return _gone;
            }
        }
    }

    /// <summary>Never lengthens it.</summary>
    public void Shorten(TimeSpan budget)
    {
        lock (_lock)
        {
            var deadline = clock.Now + budget;
            if (deadline >= _deadline)
            {
                return;
            }

            _deadline = deadline;
            _shortened.TrySetResult();
            _shortened = NewSignal();
        }
    }

    /// <summary>From here on the steps are told for this order too.</summary>
    public void Attach(string order)
    {
        lock (_lock)
        {
            _view = _view with { Order = order };
        }
    }

    /// <summary>Goes on with a ladder that an earlier agent left, and with a whole budget.</summary>
    public void Resume(TimeSpan budget)
    {
        lock (_lock)
        {
            (_deadline, _resumed) = (clock.Now + budget, true);
        }
    }

    public bool IsResumed
    {
        get
        {
            lock (_lock)
            {
                return _resumed;
            }
        }
    }

    /// <summary>A step that took so long has just ended.</summary>
    public void Take(LadderRung rung, StepResult result, TimeSpan took, LadderRung? next = null)
    {
        lock (_lock)
        {
            if (!IsLate_NeedsLock(rung))
            {
                Add_NeedsLock(new LadderStep(rung, clock.Wall - took, result is StepResult.Skipped ? null : (long)took.TotalMilliseconds, result), next);
            }
        }
    }

    /// <summary>The step that is under way ended. One that is not, or is not any more, changes nothing.</summary>
    public void End(LadderRung rung, StepResult result, LadderRung? next = null)
    {
        lock (_lock)
        {
            if (_view.Current is { } current && current.Rung == rung && !IsLate_NeedsLock(rung))
            {
                Add_NeedsLock(current with { Result = result, TookMs = result is StepResult.Skipped ? null : (long)(clock.Now - _currentSince).TotalMilliseconds }, next);
            }
        }
    }

    /// <summary>What the process does while it is waited for.</summary>
    /// <param name="tell">Not only remembered.</param>
    public void Saw(string? text, bool tell)
    {
        lock (_lock)
        {
            _seen = text ?? _seen;
            if (tell && _view.Current is { } current)
            {
                _view = _view with { Current = current with { Result = new StepResult.Underway(text).Bounded() } };
                told(_view, _view.Current, null);
            }
        }
    }

    public void Know(Func<WalletLife, WalletLife> wallet)
    {
        lock (_lock)
        {
            var known = wallet(_view.Wallet);
            _view = _view with { Wallet = known, Proof = _view.Proof with { HeightBefore = known.Height ?? _view.Proof.HeightBefore } };
        }
    }

    /// <summary>The process is gone: the step that was under way for that is over, and what it cost is known.</summary>
    /// <param name="now">When, by the agent's monotonic clock.</param>
    /// <param name="next">What comes now; null for nothing.</param>
    public void Gone(NodeKind kind, ProcessExit exit, ExitCause cause, TimeSpan now, LadderRung? next)
    {
        lock (_lock)
        {
            var losses = LossJudge.Of(kind, exit, cause, _view.Wallet);
            _view = _view with { Proof = _view.Proof with { Losses = losses } };
            if (_view.Current is { Rung: <= LadderRung.Kill } current)
            {
                var result = StopPlan.AtEnd(current.Rung, exit, cause, _seen);
                Add_NeedsLock(current with { Result = result, TookMs = (long)(now - _currentSince).TotalMilliseconds }, next);
            }
            else
            {
                Begin_NeedsLock(next);
                told(_view, null, next);
            }

            _gone = true;
        }
    }

    /// <summary>The life that came after.</summary>
    public void Lives(ProcessIdentity after)
    {
        lock (_lock)
        {
            _gone = true;
            _view = _view with { Proof = _view.Proof with { After = after } };
        }
    }

    /// <summary>The wallet's height after; what is missing is known with it.</summary>
    public void Rose(long height)
    {
        lock (_lock)
        {
            var proof = _view.Proof with { HeightAfter = height };
            _view = _view with { Proof = proof with { Losses = LossJudge.With(proof.Losses, proof.HeightBefore, height) } };
        }
    }

    /// <summary>The end. A step that is under way stays without an end.</summary>
    public LadderView Conclude(ProofState state)
    {
        lock (_lock)
        {
            var proof = _view.Proof with { State = state, TookMs = _resumed ? null : (long)(clock.Now - _began).TotalMilliseconds };
            _view = _view with { Proof = proof.Bounded(), Current = null };
            _gone = true;
            return _view;
        }
    }

    /// <summary>The process was gone before this step of its stop could end: the loop has ended it.</summary>
    private bool IsLate_NeedsLock(LadderRung rung) => _gone && rung <= LadderRung.Kill;

    private void Add_NeedsLock(LadderStep step, LadderRung? next)
    {
        var bounded = step.Bounded();
        _view = _view with { Proof = _view.Proof with { Steps = [.. _view.Proof.Steps.Append(bounded).TakeLast(RestartProof.MostSteps)] } };
        Begin_NeedsLock(next);
        told(_view, bounded, next);
    }

    private void Begin_NeedsLock(LadderRung? next)
    {
        _seen = null;
        _currentSince = clock.Now;
        _view = _view with { Current = next is { } rung ? new LadderStep(rung, clock.Wall, null, new StepResult.Underway()) : null };
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
