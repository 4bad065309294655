using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Asks systemd about one unit, by the program systemctl: spawned like a node, never by a shell, bounded in time and output. It is the only way
/// in which the agent ever acts on a process that it only watches.
/// </summary>
internal sealed class Systemctl(UnitConfig unit, TimeProvider time)
{
    /// <summary>A question; systemd answers in milliseconds.</summary>
    private static readonly TimeSpan LookDeadline = TimeSpan.FromSeconds(5);

    /// <summary>A stop job may take the unit's TimeoutStopSec, which for a wallet should be 240 s.</summary>
    private static readonly TimeSpan CommandDeadline = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private const int MostOutput = 4096;
    private const int LongestSaid = 400;
    private const uint CloseOnExec = 1;

    // What systemctl needs to find its manager; nothing that may hold a secret.
    private static readonly string[] Inherited = ["PATH", "HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"];

    public async Task<UnitLook> LookAsync(CancellationToken cancellation)
    {
        var (code, output) = await RunAsync(LookDeadline, ["show", "--property=MainPID", "--property=ActiveState", "--property=LoadState", "--property=Result"], cancellation);
        if (code != 0)
        {
            return new UnitLook.NotTold(Said("show", code, output));
        }

        var told = output.Split('\n').Select(l => l.Split('=', 2)).Where(p => p.Length == 2).GroupBy(p => p[0]).ToDictionary(p => p.Key, p => p.First()[1]);
        return int.TryParse(told.GetValueOrDefault("MainPID"), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && told.TryGetValue("ActiveState", out var state)
            ? new UnitLook.Told(pid, state, told.GetValueOrDefault("LoadState") is not "not-found", told.GetValueOrDefault("Result"))
            : new UnitLook.NotTold($"systemctl show {unit.Name} told no MainPID and ActiveState: {Shortened(output)}");
    }

    /// <summary>Returns when systemd's job has ended. Null is success; else why not, with the exit code and what was said.</summary>
    public async Task<string?> AskAsync(UnitVerb verb, CancellationToken cancellation)
    {
        var word = verb.ToString().ToLowerInvariant();
        var (code, output) = await RunAsync(CommandDeadline, [word], cancellation);
        return code == 0 ? null : Said(word, code, output);
    }

    private string Said(string verb, int? code, string output) => code is null
        ? $"systemctl {verb} {unit.Name}: {Shortened(output)}"
        : $"systemctl {verb} {unit.Name} ended with code {code}: {(output.Length == 0 ? "it said nothing" : Shortened(output))}";

    /// <returns>No code when it could not be run, did not end in time or was killed; then the output is the reason.</returns>
    private async Task<(int? Code, string Output)> RunAsync(TimeSpan deadline, string[] command, CancellationToken cancellation)
    {
        using var output = MemoryFile(out var problem);
        if (output is null)
        {
            return (null, problem);
        }

        var spawned = Spawner.Spawn(new SpawnRequest
        {
            Program = unit.Systemctl,
            Arguments = [.. unit.OfUser ? ["--user"] : Array.Empty<string>(), "--no-ask-password", "--no-pager", .. command, "--", unit.Name],
            Environment = [.. Environment()],
            Folder = "/",
            LogFile = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{output.DangerousGetHandle()}"),
        });
        if (spawned is not SpawnResult.Started started)
        {
            return (null, ((SpawnResult.Failed)spawned).Reason);
        }

        using var process = started.PidFd;
        return await EndAsync(process, deadline, cancellation) switch
        {
            ProcessExit.Exited exited => (exited.Code, TextOf(output)),
            null => (null, $"it did not end within {deadline.TotalSeconds:0} s and was ended; what it had asked systemd for may still go on"),
            var other => (null, $"it ended by {other}"),
        };
    }

    /// <returns>Null when it had to be killed: systemctl itself, which is our own child.</returns>
    private async Task<ProcessExit?> EndAsync(PidFd process, TimeSpan deadline, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var wait = ShortestWait;
        var inTime = false;
        try
        {
            while (!(inTime = process.HasExited) && time.GetElapsedTime(began) < deadline)
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

    private static IEnumerable<string> Environment()
    {
        foreach (var name in Inherited)
        {
            if (System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                yield return $"{name}={value}";
            }
        }

        // A service has none of its own, though its user's manager may run.
        if (System.Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is not { Length: > 0 })
        {
            yield return $"XDG_RUNTIME_DIR=/run/user/{FileStatus.EffectiveUser}";
        }

        yield return "LC_ALL=C";
    }

    /// <summary>A file without a name, so that nothing is left behind and no folder need be writable.</summary>
    private static unsafe SafeFileHandle? MemoryFile(out string problem)
    {
        int fd;
        fixed (byte* name = "systemctl\0"u8)
        {
            fd = LibC.MemoryFile(name, CloseOnExec);
        }

        problem = fd < 0 ? $"memfd_create: {Errno.Last}" : "";
        return fd < 0 ? null : new SafeFileHandle(fd, ownsHandle: true);
    }

    private static string TextOf(SafeFileHandle output)
    {
        var bytes = new byte[MostOutput];
        return Encoding.UTF8.GetString(bytes, 0, RandomAccess.Read(output, bytes, 0)).Trim();
    }

    private static string Shortened(string text)
    {
        var line = string.Concat(text.ReplaceLineEndings("; ").Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length > LongestSaid ? line[..LongestSaid] : line;
    }
}
