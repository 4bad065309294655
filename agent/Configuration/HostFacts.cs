using System.Collections;
using System.Collections.Immutable;

namespace MoneroCloud.Agent;

/// <summary>What the host says that a configuration is judged by: its name, user, environment and port range.</summary>
internal sealed record HostFacts
{
    private const string DefaultPath = "/usr/local/bin:/usr/bin:/bin";

    public required string HostName { get; init; }

    /// <summary>The effective user's number.</summary>
    public required uint User { get; init; }

    public required ImmutableDictionary<string, string> Variables { get; init; }

    public required PortRange OutgoingPorts { get; init; }

    public static HostFacts Read() => new()
    {
        HostName = Environment.MachineName,
        User = FileStatus.EffectiveUser,
        Variables = ReadVariables(),
        OutgoingPorts = PortRange.Parse(Kernel("ip_local_port_range", "32768 60999"), Kernel("ip_local_reserved_ports", "")),
    };

    public string? Variable(string name) => Variables.GetValueOrDefault(name);

    /// <summary>Looks a program up as a shell does.</summary>
    /// <returns>An absolute path; null when it is in no folder of <c>PATH</c>.</returns>
    public string? FindProgram(string name) => (Variable("PATH") ?? DefaultPath)
        .Split(':')
        .Where(Path.IsPathRooted)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(file => FileStatus.Of(file) is { Kind: FileKind.File } && FileStatus.IsExecutable(file));

    /// <summary>Where the state goes when the file does not say.</summary>
    /// <returns>Null when the environment names no place.</returns>
    public string? DefaultStateFolder()
    {
        if (User == 0)
        {
            return "/var/lib/monerocloud";
        }

        if (Variable("XDG_STATE_HOME") is { } state && Path.IsPathRooted(state))
        {
            return Path.Combine(state, "monerocloud");
        }

        return Variable("HOME") is { } home && Path.IsPathRooted(home) ? Path.Combine(home, ".local/state/monerocloud") : null;
    }

    private static ImmutableDictionary<string, string> ReadVariables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToImmutableDictionary(e => (string)e.Key, e => (string?)e.Value ?? "");

    private static string Kernel(string name, string otherwise)
    {
        try
        {
            return File.ReadAllText("/proc/sys/net/ipv4/" + name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return otherwise;
        }
    }
}
