using System.Buffers;
using System.Buffers.Text;
using System.Text;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Reads single facts of one process from /proc. By pid, so it proves nothing by itself: a pidfd held meanwhile does.</summary>
internal static class ProcessReader
{
    private const int StatSize = 1024;
    private const int EnvironmentChunk = 64 * 1024;

    // The kernel's own bound of arguments and environment together is 6 MiB.
    private const int EnvironmentMax = 8 * 1024 * 1024;

    private static readonly byte[] MarkerStart = Encoding.ASCII.GetBytes(Names.InstanceVariable + "=");

    internal static ProcRead<ProcStat> Stat(int pid)
    {
        Span<byte> text = stackalloc byte[StatSize];
        var length = ProcPath.Of(pid, "stat").Read(text);
        return length < 0 ? ProcRead<ProcStat>.Failed(pid, "stat", Errno.Last)
            : ProcStat.TryParse(text[..length], out var stat) ? new ProcRead<ProcStat>.Got(stat)
            : new ProcRead<ProcStat>.Gone();
    }

    /// <summary>The process's name (comm); null when it is gone.</summary>
    internal static string? Name(int pid)
    {
        Span<byte> text = stackalloc byte[StatSize];
        var length = ProcPath.Of(pid, "stat").Read(text);
        return length < 0 ? null : ProcStat.NameIn(text[..length]);
    }

    /// <summary>What it has handed to write(2) and its like since its start (proc_pid_io(5), wchar); null where that cannot be read.</summary>
    internal static long? WrittenBytes(int pid)
    {
        Span<byte> text = stackalloc byte[StatSize];
        var length = ProcPath.Of(pid, "io").Read(text);
        var from = length < 0 ? -1 : text[..length].IndexOf("wchar: "u8);
        return from >= 0 && Utf8Parser.TryParse(text[(from + "wchar: ".Length)..length], out long bytes, out _) ? bytes : null;
    }

    /// <summary>The agent's marker in the environment it was started with; null in Got when it has none.</summary>
    internal static ProcRead<string?> Marker(int pid)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(EnvironmentChunk);
        try
        {
            var length = ProcPath.Of(pid, "environ").Read(buffer);
            while (length == buffer.Length && length < EnvironmentMax)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = ArrayPool<byte>.Shared.Rent(length * 2);
                length = ProcPath.Of(pid, "environ").Read(buffer);
            }

            return length < 0
                ? ProcRead<string?>.Failed(pid, "environ", Errno.Last)
                : new ProcRead<string?>.Got(MarkerIn(buffer.AsSpan(0, length)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>The executable's path, with <c> (deleted)</c> behind it when a newer file took its place.</summary>
    internal static ProcRead<string> Executable(int pid)
    {
        Span<byte> target = stackalloc byte[4096];
        var length = ProcPath.Of(pid, "exe").ReadLink(target);
        return length < 0
            ? ProcRead<string>.Failed(pid, "exe", Errno.Last)
            : new ProcRead<string>.Got(Encoding.UTF8.GetString(target[..length]));
    }

    internal static string? MarkerIn(ReadOnlySpan<byte> environment)
    {
        foreach (var range in environment.Split((byte)0))
        {
            var variable = environment[range];
            if (variable.StartsWith(MarkerStart))
            {
                return Encoding.UTF8.GetString(variable[MarkerStart.Length..]);
            }
        }

        return null;
    }
}
