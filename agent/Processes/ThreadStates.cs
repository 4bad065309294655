using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What the threads of a process do: <c>/proc/PID/stat</c> has the main thread's state alone.</summary>
internal static class ThreadStates
{
    private const int StatSize = 1024;

    /// <summary>Running when any thread is, else in an uninterruptible wait when any is; null when neither is, or none may be read.</summary>
    internal static ProcessRunState? MostActive(int pid)
    {
        ProcessRunState? active = null;
        foreach (var task in WaitChannels.Tasks(pid))
        {
            switch (StateOf(task))
            {
                case ProcessRunState.Running:
                    return ProcessRunState.Running;
                case ProcessRunState.DiskSleep:
                    active = ProcessRunState.DiskSleep;
                    break;
            }
        }

        return active;
    }

    private static ProcessRunState? StateOf(string task)
    {
        Span<byte> text = stackalloc byte[StatSize];
        var length = ProcPath.Of($"{task}/stat").Read(text);
        return length > 0 && ProcStat.TryParse(text[..length], out var stat) ? stat.RunState : null;
    }
}
