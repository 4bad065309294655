using System.Text;

namespace MoneroCloud.Agent;

/// <summary>In which kernel function the threads of a process wait.</summary>
internal static class WaitChannels
{
    /// <summary>
    /// The most telling one of all threads: the main thread of a wallet-rpc only waits for the others (a futex), and an idle or
    /// network-bound thread waits in epoll, so whatever else there is comes first. Null when none waits or the kernel keeps it, and when the others
    /// only wait for one that does not wait itself: who waits for a lock while its holder runs is in no deadlock.
    /// </summary>
    internal static string? MostTelling(int pid)
    {
        var (threads, channels) = (0, 0);
        string? best = null;
        foreach (var task in Tasks(pid))
        {
            threads++;
            if (Read(task) is not { } channel)
            {
                continue;
            }

            channels++;
            if (best is null || Rank(channel) > Rank(best))
            {
                best = channel;
            }
        }

        return best is not null && Rank(best) == 0 && channels < threads ? null : best;
    }

    /// <summary>One name for each waiting thread, the main thread first; nothing for a process that is gone or kept from us.</summary>
    internal static IEnumerable<string> All(int pid) => Tasks(pid).Select(Read).OfType<string>();

    /// <summary>The folders of its threads; none for a process that is gone or kept from us.</summary>
    internal static string[] Tasks(int pid)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{pid}/task");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Read(string task)
    {
        Span<byte> name = stackalloc byte[128];
        var length = ProcPath.Of($"{task}/wchan").Read(name);
        return length <= 0 || (length == 1 && name[0] == '0') ? null : Encoding.ASCII.GetString(name[..length]);
    }

    private static int Rank(string channel) =>
        channel.StartsWith("futex", StringComparison.Ordinal) ? 0
        : channel.Contains("epoll", StringComparison.Ordinal) ? 1
        : 2;
}
