using System.Globalization;

namespace MoneroCloud.Bench;

/// <summary>Looks over all processes; not for the hot path.</summary>
internal static class ProcessTable
{
    public static IEnumerable<int> All() =>
        from folder in Directory.EnumerateDirectories("/proc")
        let name = Path.GetFileName(folder)
        where char.IsAsciiDigit(name[0])
        select int.Parse(name, CultureInfo.InvariantCulture);

    /// <summary>The processes below <paramref name="root"/>, at any depth.</summary>
    public static HashSet<int> Below(int root)
    {
        var parents = All().ToDictionary(pid => pid, ProcFile.Parent);
        return [.. parents.Keys.Where(pid => pid != root && IsBelow(pid))];

        bool IsBelow(int pid)
        {
            for (var depth = 0; depth < 64 && parents.TryGetValue(pid, out var parent); depth++, pid = parent)
            {
                if (parent == root)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Our children by their port, wherever they hang.</summary>
    public static Dictionary<int, int> ChildrenByPort(IReadOnlySet<int> ports)
    {
        var found = new Dictionary<int, int>();
        var buffer = new byte[4096];
        foreach (var pid in All())
        {
            var line = ProcFile.Read(pid, "/cmdline"u8, buffer);
            if (PortMark.TryRead(line, out var port) && ports.Contains(port))
            {
                found[port] = pid;
            }
        }

        return found;
    }
}
