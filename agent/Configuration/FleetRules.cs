using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What must hold between the nodes of one file.</summary>
internal static class FleetRules
{
    public static void Check(ImmutableArray<NodeDraft> nodes)
    {
        RefuseEqual(nodes, n => n.Name?.ToString(), NodeSettings.Name, "is already the name of {0}");
        RefuseEqual(nodes, n => n.Port?.ToString(), NodeSettings.Port, "is already the port of {0}");
        RefuseEqual(nodes, KeysFile, NodeSettings.Wallet, "is already the wallet of {0}: only one process can have it open");
        RefuseEqual(nodes, n => n.Unit is { } unit ? $"{unit.OfUser} {unit.Name}" : null, NodeSettings.Unit, "is already the unit of {0}: a restart would take both along");
        foreach (var node in nodes)
        {
            WarnOfMissingKeys(node);
        }
    }

    /// <summary>A daemon's login cannot be given to a wallet on its command line.</summary>
    public static void WarnOfDaemonLogin(NodeDraft node, DaemonReference? daemon, ImmutableArray<NodeDraft> nodes)
    {
        var target = daemon?.Node is { } name ? nodes.FirstOrDefault(n => n.Name == name) : null;
        if (target is not null && target.Section.Has(NodeSettings.Login) && !node.Arguments.Has(ProgramOption.ConfigFile))
        {
            node.Section.Warn(
                NodeSettings.Daemon,
                $"{daemon!.Node} wants a login: put daemon-login=USER:PASSWORD into a file of mode 0600 and name it with {ProgramOption.ConfigFile}");
        }
    }

    private static void RefuseEqual(ImmutableArray<NodeDraft> nodes, Func<NodeDraft, string?> key, Setting setting, string message)
    {
        var first = new Dictionary<string, NodeDraft>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            if (key(node) is { } value && !first.TryAdd(value, node))
            {
                var other = first[value].Section;
                node.Section.Refuse(setting, message.Replace("{0}", $"{other.Path} (line {other.LineOf(setting)})", StringComparison.Ordinal));
            }
        }
    }

    /// <summary>Two paths may lead to one file, through links.</summary>
    private static string? KeysFile(NodeDraft node) => node.Wallet.Config is { } wallet
        ? Path.Combine(FileStatus.Canonical(wallet.Directory) ?? wallet.Directory, wallet.File)
        : null;

    private static void WarnOfMissingKeys(NodeDraft node)
    {
        if (node.Wallet.Config is { } wallet && FileStatus.Of(wallet.KeysFile) is null)
        {
            node.Section.Warn(NodeSettings.Wallet, $"{wallet.KeysFile} does not exist, or cannot be reached");
        }
    }
}
