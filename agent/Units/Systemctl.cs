using System.Globalization;

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

    // What systemctl needs to find its manager; nothing that may hold a secret.
    private static readonly string[] Inherited = ["PATH", "HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"];

    public async Task<UnitLook> LookAsync(CancellationToken cancellation)
    {
        var output = await RunAsync(LookDeadline, ["show", "--property=MainPID", "--property=ActiveState", "--property=LoadState", "--property=Result"], cancellation);
        if (output.Code != 0)
        {
            return new UnitLook.NotTold(Said("show", output));
        }

        var told = output.Text.Split('\n').Select(l => l.Split('=', 2)).Where(p => p.Length == 2).GroupBy(p => p[0]).ToDictionary(p => p.Key, p => p.First()[1]);
        return int.TryParse(told.GetValueOrDefault("MainPID"), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && told.TryGetValue("ActiveState", out var state)
            ? new UnitLook.Told(pid, state, told.GetValueOrDefault("LoadState") is not "not-found", told.GetValueOrDefault("Result"))
            : new UnitLook.NotTold($"systemctl show {unit.Name} told no MainPID and ActiveState: {output.Shortened}");
    }

    /// <summary>Returns when systemd's job has ended. Null is success; else why not, with the exit code and what was said.</summary>
    public async Task<string?> AskAsync(UnitVerb verb, CancellationToken cancellation)
    {
        var word = verb.ToString().ToLowerInvariant();
        var output = await RunAsync(CommandDeadline, [word], cancellation);
        return output.Code == 0 ? null : Said(word, output);
    }

    private Task<ProgramOutput> RunAsync(TimeSpan deadline, string[] command, CancellationToken cancellation) =>
        new ProgramRun(unit.Systemctl, time) { Deadline = deadline, Environment = Environment() }.EndAsync(
            [.. unit.OfUser ? ["--user"] : Array.Empty<string>(), "--no-ask-password", "--no-pager", .. command, "--", unit.Name], cancellation);

    private string Said(string verb, ProgramOutput output) => output.Failure($"systemctl {verb} {unit.Name}");

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
}
