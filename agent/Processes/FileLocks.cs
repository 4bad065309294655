using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Finds the holder of a kernel lock. monero-wallet-rpc takes a POSIX write lock on the open wallet's <c>.keys</c>;
/// flock and open-file-description locks are understood as well.
/// </summary>
internal static class FileLocks
{
    private const string Locks = "/proc/locks";

    /// <param name="isDeclared">Is the pid one of the processes this agent's nodes are known by?</param>
    internal static LockSighting See(string path, Func<int, bool> isDeclared) => HolderOf(path) switch
    {
        LockHolder.Held held when isDeclared(held.Pid) => new LockSighting.Declared(),
        LockHolder.Held held => new LockSighting.Orphan(held.Pid, held.Name),
        LockHolder.Free => new LockSighting.Free(),
        _ => new LockSighting.NotLooked(),
    };

    internal static LockHolder HolderOf(string path)
    {
        if (!FileIdentity.TryOf(path, out var file))
        {
            return Errno.Last.IsRefusal ? new LockHolder.Hidden() : new LockHolder.Free();
        }

        var holders = WriteLocks(File.ReadLines(Locks), file).ToList();
        foreach (var (pid, sameDevice) in holders)
        {
            // Some file systems (btrfs, overlay) show another device there than stat does; so the descriptors decide.
            var open = OpenFiles.Has(pid, file);
            if (open == true || (open is null && sameDevice))
            {
                return new LockHolder.Held(pid, ProcessReader.Name(pid));
            }
        }

        return holders.Any(h => h.SameDevice || h.Pid <= 0) ? Search(file) : new LockHolder.Free();
    }

    /// <summary>
    /// The pid that /proc/locks names (-1 for open-file-description locks, which belong to no process) of every write lock
    /// that is held on the inode, not waited for.
    /// </summary>
    internal static IEnumerable<(int Pid, bool SameDevice)> WriteLocks(IEnumerable<string> lines, FileIdentity file)
    {
        var inode = ':' + file.Inode.ToString(CultureInfo.InvariantCulture);
        var device = string.Create(CultureInfo.InvariantCulture, $"{file.Major:x2}:{file.Minor:x2}");
        foreach (var line in lines)
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, "POSIX" or "FLOCK" or "OFDLCK", _, "WRITE", var pid, var where, ..]
                && where.EndsWith(inode, StringComparison.Ordinal)
                && int.TryParse(pid, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                yield return (number, where.StartsWith(device, StringComparison.Ordinal) && where.Length == device.Length + inode.Length);
            }
        }
    }

    /// <summary>Somebody holds it under no pid, or under that of one who gave the descriptor on: look at all descriptors.</summary>
    private static LockHolder Search(FileIdentity file)
    {
        foreach (var pid in ProcessFinder.Pids())
        {
            if (OpenFiles.Locks(pid, file))
            {
                return new LockHolder.Held(pid, ProcessReader.Name(pid));
            }
        }

        return new LockHolder.Hidden();
    }
}
