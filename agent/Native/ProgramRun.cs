using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Runs a program for what it says: spawned like a node, never by a shell, bounded in time and output.</summary>
/// <param name="program">Absolute.</param>
/// <param name="time">The clock.</param>
internal sealed class ProgramRun(string program, TimeProvider time)
{
    private const uint CloseOnExec = 1;
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    /// <summary>After that it is killed.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>NAME=VALUE each, and nothing else.</summary>
    public required IEnumerable<string> Environment { get; init; }

    public string Folder { get; init; } = "/";

    /// <summary>In bytes; what it says beyond is not read.</summary>
    public int MostOutput { get; init; } = 4096;

    public async Task<ProgramOutput> EndAsync(IEnumerable<string> arguments, CancellationToken cancellation)
    {
        using var output = MemoryFile(out var problem);
        if (output is null)
        {
            return new ProgramOutput(null, problem);
        }

        var spawned = Spawner.Spawn(new SpawnRequest
        {
            Program = program,
            Arguments = [.. arguments],
            Environment = [.. Environment],
            Folder = Folder,
            LogFile = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{output.DangerousGetHandle()}"),
        });
        if (spawned is not SpawnResult.Started started)
        {
            return new ProgramOutput(null, ((SpawnResult.Failed)spawned).Reason);
        }

        using var process = started.PidFd;
        return await EndAsync(process, cancellation) switch
        {
            ProcessExit.Exited exited => new ProgramOutput(exited.Code, TextOf(output)),
            null => new ProgramOutput(null, $"it did not end within {Deadline.TotalSeconds:0} s and was ended; what it had asked others for may still go on"),
            var other => new ProgramOutput(null, $"it ended by {other}"),
        };
    }

    /// <returns>Null when it had to be killed: our own child, and none of its own.</returns>
    private async Task<ProcessExit?> EndAsync(PidFd process, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var wait = ShortestWait;
        var inTime = false;
        try
        {
            while (!(inTime = process.HasExited) && time.GetElapsedTime(began) < Deadline)
            {
                await Task.Delay(wait, time, cancellation);
                wait = wait < LongestWait ? wait * 1.5 : LongestWait;
            }
        }
        finally
        {
            if (!inTime)
            {
                process.TrySignal(Signals.Kill);
                SpinWait.SpinUntil(() => process.HasExited, LongestWait);
                _ = Children.TryReap(process);
            }
        }

        return inTime ? Children.TryReap(process) : null;
    }

    /// <summary>A file without a name, so that nothing is left behind and no folder need be writable.</summary>
    private static unsafe SafeFileHandle? MemoryFile(out string problem)
    {
        int fd;
        fixed (byte* name = "output\0"u8)
        {
            fd = LibC.MemoryFile(name, CloseOnExec);
        }

        problem = fd < 0 ? $"memfd_create: {Errno.Last}" : "";
        return fd < 0 ? null : new SafeFileHandle(fd, ownsHandle: true);
    }

    private string TextOf(SafeFileHandle output)
    {
        var bytes = new byte[MostOutput];
        return Encoding.UTF8.GetString(bytes, 0, RandomAccess.Read(output, bytes, 0)).Trim();
    }
}
