using System.Diagnostics;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>This process, as the kernel has it.</summary>
internal static class OwnProcess
{
    private static readonly DateTimeOffset StartedAt = Process.GetCurrentProcess().StartTime.ToUniversalTime();

    public static ProcessFacts Read()
    {
        using var process = Process.GetCurrentProcess();
        return new ProcessFacts
        {
            Cpu = Environment.CpuUsage.TotalTime,
            StartedAt = StartedAt,
            ResidentBytes = Environment.WorkingSet,
            VirtualBytes = process.VirtualMemorySize64,
            OpenFiles = Try(() => Directory.EnumerateFileSystemEntries("/proc/self/fdinfo").LongCount()), // Those of "fd" are links, and each would be followed.
            MostFiles = Try(() => ProcessFacts.MostFilesOf(File.ReadLines("/proc/self/limits"))),
        };
    }

    private static long? Try(Func<long?> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
