namespace MoneroCloud.Core;

/// <summary>The rows that come before any answer: the observer in doubt, the operator's word, and what the host knows of its own process.</summary>
internal static class HostRows
{
    /// <summary>
    /// A doubtful vantage, or a check that failed on our own side and that no other vantage made good. It outranks even what the host is certain of:
    /// the agent restarts what exited by the exit itself, not by this verdict, so only the record waits.
    /// </summary>
    public static Finding? Inconclusive(Case subject)
    {
        var vantage = subject.Evidence.Vantage;
        if (vantage.SelfCheckFailed is { } reason)
        {
            return new(Remedy.Wait, $"nothing can be concluded: the observer's own check failed ({reason})");
        }

        if (vantage.Doubtful)
        {
            return new(
                Remedy.Wait,
                $"nothing can be concluded: {vantage.NewlyFailed} of {vantage.Observed} nodes of {vantage.Agents} agents failed in the same tick");
        }

        return subject.Answer is ApiAnswer.OwnFailure failure
            ? new(Remedy.Wait, $"nothing can be concluded: the check failed on our own side ({failure.Reason})")
            : null;
    }

    public static Finding? StoppedByOperator(Case subject) =>
        subject.Evidence.Desired is DesiredState.Stopped stopped
            ? new(Remedy.None, $"stopped by {stopped.By} at {Words.Time(stopped.At)}")
            : null;

    public static Finding? PortTaken(Case subject) =>
        subject.Evidence.Port is PortSighting.Taken taken
            ? new(Remedy.Alert, $"{Words.Port(subject.Evidence.Url)} is held by {Words.Process(taken.Name, taken.Pid)}")
            : null;

    public static Finding? Orphan(Case subject) =>
        subject.Evidence.Lock is LockSighting.Orphan orphan
            ? new(Remedy.Alert, $"the wallet is held open by {Words.Process(orphan.Name, orphan.Pid)}, which nobody declared; end that process first")
            : null;

    public static Finding? PidReused(Case subject) =>
        subject.Evidence.Process is ProcessSighting.Reused reused
            ? new(Remedy.Restart, $"the process is gone and its pid {reused.Pid} belongs to another one; it must be started again, nothing is signalled")
            : null;

    public static Finding? Exited(Case subject)
    {
        if (subject.Evidence.Process is not ProcessSighting.Gone gone)
        {
            return null;
        }

        if (subject.IsWatched)
        {
            return new(Remedy.Restart, gone.Exit is ProcessExit.NeverStarted never
                ? $"no process of it is found: {never.Reason ?? "nobody has looked yet"}"
                : $"the process {Words.Exit(gone.Exit, gone.Cause)}, and no other is found");
        }

        var next = gone.NextStart is not { } start ? "; no start is planned: the breaker is open, or it waits for an operator"
            : start <= subject.Evidence.At ? " and is being started again"
            : $" and is started again in {Words.Duration(start - subject.Evidence.At)}";
        return new(Remedy.Restart, $"the process {Words.Exit(gone.Exit, gone.Cause)}{next}");
    }

    public static Finding? Stopped(Case subject)
    {
        if (subject.Alive is not { RunState: ProcessRunState.Stopped } alive)
        {
            return null;
        }

        var since = alive.StoppedFor ?? TimeSpan.Zero;
        if (subject.IsWatched)
        {
            var sentence = $"the process has been stopped (state T) for {Words.Duration(since)}; {WatchedRemedies.NeverSignalled}: kill -CONT {alive.Identity.Pid} continues it";
            return new(!subject.Evidence.Restartable ? Remedy.Alert : since > subject.Policy.StoppedBudget ? Remedy.Restart : Remedy.Wait, sentence);
        }

        return since > subject.Policy.StoppedBudget
            ? new(Remedy.Restart, $"the process is still stopped (state T) after {Words.Duration(since)}; SIGCONT did not help")
            : new(Remedy.Continue, $"the process has been stopped (state T) for {Words.Duration(since)}; SIGCONT continues it");
    }

    /// <summary>
    /// Only together with silence: a healthy process, too, is seen in the middle of a write now and then. pipe_wait of older kernels is not
    /// counted, since readers sleep there as well.
    /// </summary>
    public static Finding? OutputBlocked(Case subject) =>
        subject is { Alive.WaitChannel: { } channel, Unanswered: true, AcceptQueue: >= 1 } && channel.Contains("pipe_write", StringComparison.Ordinal)
            ? new(
                Remedy.Restart,
                $"the process is blocked writing its output ({channel}), which nobody reads, and {Words.Waiting(subject.AcceptQueue)} in its accept queue")
            : null;

    public static Finding? Starting(Case subject) =>
        subject is { Alive: { } alive, Work.EverAnswered: false, Answers: false, WithinGrace: true } && subject.Answer is not ApiAnswer.Reset
            ? new(Remedy.Wait, $"started {Words.Duration(alive.Age)} ago and has not answered yet; {GraceOf(subject)}")
            : null;

    private static string GraceOf(Case subject) => subject.Evidence.WalletFileMode
        ? $"its port opens after the first refresh, {Words.Duration(subject.Policy.BusyBudget)} are allowed"
        : $"{Words.Duration(subject.Policy.StartGrace)} without progress are allowed, {Words.Duration(subject.Policy.StartLimit)} in all";
}
