using System.Buffers.Text;
using System.Globalization;

namespace MoneroCloud.Bench;

/// <summary>
/// Sees a replacement appear. A new pid is known from the last field of /proc/loadavg; it is followed while its parent is one of
/// the supervisors' own processes, and it is the replacement once the mark is on its command line, that is after exec.
/// Every look is a few microseconds and allocates nothing.
/// </summary>
/// <param name="found">Called with the port and the pid of each replacement.</param>
internal sealed class ReplacementLooker(IReadOnlySet<int> supervisorPids, Action<int, int> found)
{
    // A pid is counted before its process can be read, so one that cannot be read is asked for again for so long (ns).
    private const long UnreadPatience = 200_000_000;

    private static readonly byte[] LoadFile = "/proc/loadavg\0"u8.ToArray();

    private readonly List<(int Pid, long Since)> followed = new(4096);
    private readonly byte[] buffer = new byte[4096];
    private int lastPid = LastPid();

    /// <param name="now">A timestamp of now, in ns.</param>
    public void Look(long now)
    {
        var newest = LastPid();
        if (newest < lastPid)
        {
            // The numbers began again from the start.
            Follow(lastPid + 1, PidMax(), now);
            Follow(2, newest, now);
        }
        else
        {
            Follow(lastPid + 1, newest, now);
        }

        lastPid = newest;
        for (var i = followed.Count - 1; i >= 0; i--)
        {
            if (IsDone(followed[i].Pid, now - followed[i].Since))
            {
                followed.RemoveAt(i);
            }
        }
    }

    private void Follow(int from, int to, long now)
    {
        for (var pid = from; pid <= to; pid++)
        {
            followed.Add((pid, now));
        }
    }

    private bool IsDone(int pid, long followedFor)
    {
        var parent = ProcFile.Parent(pid);
        if (!supervisorPids.Contains(parent))
        {
            return parent != 0 || followedFor > UnreadPatience;
        }

        if (!PortMark.TryRead(ProcFile.Read(pid, "/cmdline"u8, buffer), out var port))
        {
            return false;
        }

        if (ProcFile.IsProcess(pid))
        {
            found(port, pid);
        }

        return true;
    }

    private static int LastPid()
    {
        Span<byte> text = stackalloc byte[128];
        var length = Libc.ReadFile(LoadFile, text);
        text = text[..Math.Max(length, 0)].TrimEnd((byte)'\n');
        return Utf8Parser.TryParse(text[(text.LastIndexOf((byte)' ') + 1)..], out int pid, out _)
            ? pid
            : throw new BenchException("/proc/loadavg cannot be read");
    }

    private static int PidMax() =>
        int.Parse(File.ReadAllText("/proc/sys/kernel/pid_max"), CultureInfo.InvariantCulture);
}
