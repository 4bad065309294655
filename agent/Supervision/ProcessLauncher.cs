using System.Collections;
using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Starts a node's program, with the marker and the login in its environment, never on its command line.</summary>
internal sealed class ProcessLauncher(string stateFolder, Func<AgentConfig> config)
{
    // The agent's own business, or another's secret.
    private static readonly ImmutableHashSet<string> NotInherited =
    [
        Names.InstanceVariable, Names.ConfigVariable, Names.KeyVariable, Names.RpcLoginVariable, Names.NotifySocketVariable,
        Names.WatchdogPidVariable, Names.WatchdogLimitVariable, "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES", "INVOCATION_ID", "JOURNAL_STREAM",
    ];

    /// <summary>Where a node's stdout and stderr go.</summary>
    public string LogFile(NodeName node) => LogFile(stateFolder, node);

    /// <inheritdoc cref="LogFile(NodeName)"/>
    public static string LogFile(string stateFolder, NodeName node) => Path.Combine(stateFolder, "logs", $"{node}.log");

    public SpawnResult Launch(NodeConfig node, string marker) => Spawner.Spawn(new SpawnRequest
    {
        Program = node.Program,
        Arguments = node.Arguments,
        Environment = [.. Environment(node, marker).Select(v => $"{v.Key}={v.Value}")],
        Folder = node.Folder,
        LogFile = LogFile(node.Name),
    });

    private Dictionary<string, string> Environment(NodeConfig node, string marker)
    {
        var present = config();
        var secrets = present.Nodes.SelectMany(n => new[] { n.Login, n.Wallet?.Password }).Append(present.Webhook).Select(VariableOf).ToHashSet();
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            if (variable is { Key: string name, Value: string value } && !NotInherited.Contains(name) && !secrets.Contains(name))
            {
                all[name] = value;
            }
        }

        foreach (var (name, value) in node.Environment)
        {
            all[name] = value;
        }

        all[Names.InstanceVariable] = marker;
        if (node.Login is { } login)
        {
            all[Names.RpcLoginVariable] = login.Reveal();
        }

        return all;
    }

    private static string? VariableOf(Secret? secret) =>
        secret?.Source is { } source && source.StartsWith("env:", StringComparison.Ordinal) ? source["env:".Length..] : null;
}
