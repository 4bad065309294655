using System.Collections.Immutable;
using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Finds processes by the marker in their environment, with or without a journal.</summary>
internal static class ProcessFinder
{
    /// <param name="markerPrefix"><c>agent.</c> or <c>agent.name:installation:</c>; a whole marker finds one process and its descendants.</param>
    internal static ProcessSearch Find(string markerPrefix)
    {
        var found = ImmutableArray.CreateBuilder<FoundProcess>();
        var refused = 0;
        foreach (var pid in Pids())
        {
            switch (ProcessReader.Marker(pid))
            {
                case ProcRead<string?>.Got({ } marker) when marker.StartsWith(markerPrefix, StringComparison.Ordinal):
                    if (Hold(pid, marker) is { } process)
                    {
                        found.Add(process);
                    }

                    break;
                case ProcRead<string?>.NotPermitted when !IsZombie(pid):
                    refused++;
                    break;
            }
        }

        return new ProcessSearch(found.ToImmutable(), refused);
    }

    /// <summary>Every process's pid, ours too, at one moment or another of the listing.</summary>
    internal static IEnumerable<int> Pids()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(folder.AsSpan("/proc/".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
            {
                yield return pid;
            }
        }
    }

    /// <summary>Null when it ended meanwhile, or another process has the pid now.</summary>
    private static FoundProcess? Hold(int pid, string marker)
    {
        if (ProcessReader.Stat(pid) is not ProcRead<ProcStat>.Got(var stat))
        {
            return null;
        }

        var identity = new ProcessIdentity(BootId.Current, pid, stat.StartTicks, marker);
        return IdentityProof.Take(identity) is IdentityProof.Held(var pidFd)
            ? new FoundProcess(identity, pidFd, stat.Session == pid)
            : null;
    }

    private static bool IsZombie(int pid) => ProcessReader.Stat(pid) is not ProcRead<ProcStat>.Got({ HasExited: false });
}
