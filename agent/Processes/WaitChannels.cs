using System.Text;

namespace MoneroCloud.Agent;

/// <summary>In which kernel function the threads of a process wait.</summary>
internal static class WaitChannels
{
    /// <summary>
    /// The most telling one of all threads: the main thread of a wallet-rpc only waits for the others (a futex), and an idle or
    /// network-bound thread waits in epoll, so whatever else there is comes first. Null when none waits or the kernel keeps it.
    /// </summary>
    internal static string? MostTelling(int pid)
    {
        string? best = null;
        foreach (var channel in All(pid))
        {
            if (best is null || Rank(channel) > Rank(best))
            {
                best = channel;
            }
        }

        return best;
    }

    /// <summary>One name for each waiting thread, the main thread first; nothing for a process that is gone or kept from us.</summary>
    internal static IEnumerable<string> All(int pid)
    {
        string[] tasks;
        try
        {
            tasks = Directory.GetDirectories($"/proc/{pid}/task");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        foreach (var task in tasks)
        {
            if (Read(task) is { } channel)
            {
                yield return channel;
            }
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
