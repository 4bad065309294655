using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Processes in numbers, from /proc.</summary>
internal static class HostProcesses
{
    /// <summary>The very process that the node has; null when it is gone, or may not be read.</summary>
    public static ProcStat? Of(ProcessIdentity? identity) =>
        identity is not null && ProcessReader.Stat(identity.Pid) is ProcRead<ProcStat>.Got(var stat) && stat.StartTicks == identity.StartTicks && !stat.HasExited ? stat : null;

    public static DateTimeOffset StartedAt(ProcStat process, DateTimeOffset now) => now - ClockTicks.AgeOf(process.StartTicks);

    public static long ResidentBytes(ProcStat process) => process.ResidentPages * Environment.SystemPageSize;

    public static int? OpenFilesOf(int pid) => OpenFiles.Numbers(pid, out var refused) is var numbers && refused ? null : numbers.Count;

    public static ProcessFacts Own(DateTimeOffset now)
    {
        var stat = ProcessReader.Stat(Environment.ProcessId) is ProcRead<ProcStat>.Got(var got) ? got : (ProcStat?)null;
        return new ProcessFacts
        {
            Cpu = stat?.CpuUsed ?? TimeSpan.Zero,
            StartedAt = stat is { } own ? StartedAt(own, now) : null,
            ResidentBytes = stat is { } resident ? ResidentBytes(resident) : null,
            VirtualBytes = VirtualBytes(),
            OpenFiles = OpenFilesOf(Environment.ProcessId),
            MostFiles = ProcessFacts.MostFilesOf(File.ReadLines("/proc/self/limits")),
        };
    }

    private static long? VirtualBytes() =>
        long.TryParse(File.ReadAllText("/proc/self/statm").Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pages) ? pages * Environment.SystemPageSize : null;
}
