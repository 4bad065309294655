using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>By what a process is known that carries no marker of ours.</summary>
internal static class WatchedIdentity
{
    /// <summary>Who has the pid now; null when nobody has, it has ended, or /proc keeps it from us. Proven only while a handle is held that is still silent afterwards.</summary>
    internal static ProcessIdentity? Of(int pid) => ProcessReader.Stat(pid) is ProcRead<ProcStat>.Got({ HasExited: false } stat)
        ? new ProcessIdentity(BootId.Current, pid, stat.StartTicks, null) { Executable = ExecutableOf(pid) }
        : null;

    /// <summary>What it executes, as <c>major:minor:inode</c>; null where that may not be read.</summary>
    internal static string? ExecutableOf(int pid) => ProcPath.Of(pid, "exe").TryIdentify(out var file)
        ? string.Create(CultureInfo.InvariantCulture, $"{file.Major}:{file.Minor}:{file.Inode}")
        : null;
}
