namespace MoneroCloud.Watchdog;

/// <summary>Ends whatever carries a mark, in whatever session and state it is.</summary>
internal sealed class Sweep(RunMark mark, TimeProvider time)
{
    /// <summary>What was signalled just before the end, or ends with its parent, needs a moment and was not left behind.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>Longer than the gap between a fork and its exec, in which a child of the runner has no mark yet.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);

    private const int QuietPasses = 3;

    private readonly Dictionary<int, string> _ended = [];

    /// <summary>Names of those that were ended, each as <c>pid comm: arguments</c>.</summary>
    public IReadOnlyCollection<string> Ended => _ended.Values;

    /// <summary>Ends them, again and again until three passes found none. False when some were still there after 30 s.</summary>
    public async Task<bool> EndAllAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var quiet = 0; quiet < QuietPasses;)
        {
            var elapsed = time.GetElapsedTime(start);
            if (elapsed > Budget)
            {
                return false;
            }

            var found = Pass(kill: elapsed >= Grace);
            quiet = found ? 0 : quiet + 1;
            // No pause while it kills: others may be forking.
            if (!found || elapsed < Grace)
            {
                await Task.Delay(Gap, time, cancellationToken);
            }
        }

        return true;
    }

    private bool Pass(bool kill)
    {
        var found = false;
        foreach (var pid in ProcessTable.Pids())
        {
            found |= pid != Environment.ProcessId && EndIfMarked(pid, kill);
        }

        return found;
    }

    private bool EndIfMarked(int pid, bool kill)
    {
        // Opened first, then looked at: what is signalled is what carried the mark, or nothing.
        using var process = PidFd.TryOpen(pid);
        if (process is null || !mark.IsIn(ProcessTable.Environ(pid)))
        {
            return false;
        }

        if (kill)
        {
            var name = ProcessTable.Describe(pid);
            if (process.Kill())
            {
                _ended.TryAdd(pid, name);
            }
        }

        return true;
    }
}
