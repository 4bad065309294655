using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What a process that is to end still does: CPU, log and bytes written since the first look.</summary>
internal sealed class EndProgress
{
    private readonly SupervisedProcess _process;
    private readonly string _logFile;
    private readonly TimeSpan? _cpu;
    private readonly long? _written;
    private readonly long _log;

    public EndProgress(SupervisedProcess process, string logFile)
    {
        (_process, _logFile) = (process, logFile);
        (_cpu, _written, _log) = (Cpu(), Written(), LogTail.LengthOf(logFile));
    }

    /// <summary>In words; null when the process is not there any more.</summary>
    public string? Look()
    {
        if (Cpu() - _cpu is not { } cpu)
        {
            return null;
        }

        var log = Math.Max(0, LogTail.LengthOf(_logFile) - _log);
        var written = Written() - _written;
        return FormattableString.Invariant($"used {cpu.TotalSeconds:0.##} s of CPU, wrote {Words.Size(log)} of log and {(written is { } bytes ? Words.Size(bytes) : "an unknown amount")} to files");
    }

    private TimeSpan? Cpu() =>
        ProcessReader.Stat(_process.Identity.Pid) is ProcRead<ProcStat>.Got({ HasExited: false } stat) && stat.StartTicks == _process.Identity.StartTicks ? stat.CpuUsed : null;

    private long? Written() => ProcessReader.WrittenBytes(_process.Identity.Pid);
}
