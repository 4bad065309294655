using System.Buffers.Text;
using System.Globalization;

namespace MoneroCloud.Bench;

/// <summary>Reads one file of /proc/PID into a buffer of the caller, without an allocation.</summary>
internal static class ProcFile
{
    private static readonly byte[] Root = "/proc/"u8.ToArray();

    /// <summary>What was read; empty when the process is gone, or not yet set up.</summary>
    public static ReadOnlySpan<byte> Read(int pid, ReadOnlySpan<byte> slashFile, Span<byte> buffer)
    {
        Span<byte> path = stackalloc byte[64];
        Root.CopyTo(path);
        Utf8Formatter.TryFormat(pid, path[Root.Length..], out var digits);
        var length = Root.Length + digits;
        slashFile.CopyTo(path[length..]);
        path[length + slashFile.Length] = 0;
        var read = Libc.ReadFile(path, buffer);
        return read > 0 ? buffer[..read] : [];
    }

    /// <summary>Field 4 of stat; 0 when the process is gone.</summary>
    public static int Parent(int pid) => (int)StatField(pid, 4);

    /// <summary>User and system time, fields 14 and 15 of stat, in ticks (100 a second).</summary>
    public static long CpuTicks(int pid) => StatField(pid, 14) + StatField(pid, 15);

    /// <summary>False for a thread that is not its process's first.</summary>
    public static bool IsProcess(int pid)
    {
        Span<byte> buffer = stackalloc byte[2048];
        var status = Read(pid, "/status"u8, buffer);
        var at = status.IndexOf("\nTgid:\t"u8);
        return at >= 0 && Utf8Parser.TryParse(status[(at + 7)..], out int group, out _) && group == pid;
    }

    /// <summary>A line of smaps_rollup, such as "Rss:", in KiB.</summary>
    public static long Rollup(int pid, string name)
    {
        var line = File.ReadLines($"/proc/{pid}/smaps_rollup").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    /// <summary>The most memory that the process ever had resident, in KiB.</summary>
    public static long PeakRss(int pid)
    {
        const string Name = "VmHWM:";
        var line = File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith(Name, StringComparison.Ordinal));
        return long.Parse(line[Name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    private static long StatField(int pid, int number)
    {
        Span<byte> buffer = stackalloc byte[1024];
        var stat = Read(pid, "/stat"u8, buffer);
        var nameEnd = stat.LastIndexOf((byte)')');
        if (nameEnd < 0)
        {
            return 0;
        }

        stat = stat[(nameEnd + 2)..];
        for (var field = 3; field < number; field++)
        {
            stat = stat[(stat.IndexOf((byte)' ') + 1)..];
        }

        return Utf8Parser.TryParse(stat, out long value, out _) ? value : 0;
    }
}
