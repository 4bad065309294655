using System.Collections.Immutable;
using System.Net;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Reads a node that somebody else runs: what the agent would otherwise know from the arguments it starts it with stands here by itself.</summary>
internal sealed class WatchedNodeReader(ConfigSection section, string configFolder, HostFacts host)
{
    private static readonly ImmutableArray<Setting> OfOwn =
        [NodeSettings.Program, NodeSettings.Arguments, NodeSettings.Environment, NodeSettings.Folder, NodeSettings.StopBudget];

    private static readonly ImmutableArray<Setting> OfWatched =
        [NodeSettings.Unit, NodeSettings.UnitManager, NodeSettings.Host, NodeSettings.Tls, NodeSettings.LogFile];

    private readonly SecretReader _secrets = new(configFolder, host);

    public static bool IsWatched(ConfigSection section) => section.Text(NodeSettings.Manage) == NodeSettings.Watch;

    /// <summary>What only a watched node has, in one that the agent runs itself.</summary>
    public static void RefuseIn(ConfigSection section)
    {
        foreach (var setting in OfWatched.Where(section.Has))
        {
            section.RefuseUnshown(setting, "belongs to a watched node, \"manage\": \"watch\"; the agent's own has it from its arguments, or from nowhere");
        }
    }

    public NodeDraft Read(NodeArguments arguments)
    {
        foreach (var setting in OfOwn.Where(section.Has))
        {
            section.RefuseUnshown(setting, "means nothing for a watched node: the agent never starts or stops it");
        }

        var kind = NodeShapes.KindOf(section.Text(NodeSettings.Kind));
        return new NodeDraft
        {
            Section = section,
            Arguments = arguments,
            Manage = NodeManage.Watch,
            Name = NodeName.TryParse(section.Text(NodeSettings.Name), out var name) ? name : null,
            Kind = kind,
            Port = NodeReader.ReadPort(section, host),
            Host = Host(),
            Tls = section.Truth(NodeSettings.Tls) ?? false,
            Trust = new TrustReader(section, section.Truth(NodeSettings.Tls) ?? false, NodeSettings.Tls, "\"tls\": true", "", configFolder).Read(),
            Unit = Unit(),
            LogFile = section.Text(NodeSettings.LogFile) is { } log ? Path.GetFullPath(log, configFolder) : null,
            Program = null,
            Folder = configFolder,
            Login = section.Text(NodeSettings.Login) is { } source ? NodeReader.ReadLogin(section, _secrets, source) : null,
            Wallet = Wallet(kind),
            Labels = NodeReader.ReadLabels(section),
            Environment = ImmutableSortedDictionary<string, string>.Empty,
            Available = section.Truth(NodeSettings.Available) ?? true,
            StopBudget = NodeConfig.DefaultStopBudget,
        };
    }

    private string Host()
    {
        var text = section.Text(NodeSettings.Host);
        if (text is null || (IPAddress.TryParse(text, out var address) && address.ToString() == text))
        {
            return text ?? NodeConfig.DefaultHost;
        }

        section.Refuse(NodeSettings.Host, "is not an IP address");
        return NodeConfig.DefaultHost;
    }

    private UnitConfig? Unit()
    {
        var ofUser = section.Text(NodeSettings.UnitManager) == NodeSettings.User;
        if (section.Has(NodeSettings.UnitManager) && !section.Has(NodeSettings.Unit))
        {
            section.Refuse(NodeSettings.UnitManager, "goes with \"unit\", which is missing");
        }

        if (section.Text(NodeSettings.Unit) is not { } unit)
        {
            return null;
        }

        if (host.FindProgram("systemctl") is { } systemctl)
        {
            return new UnitConfig(unit, ofUser, systemctl);
        }

        section.Refuse(NodeSettings.Unit, "needs systemctl, which is in no folder of PATH");
        return null;
    }

    private DeclaredWallet Wallet(NodeKind? kind)
    {
        if (kind == NodeKind.Daemon && section.Has(NodeSettings.Wallet))
        {
            section.RefuseUnshown(NodeSettings.Wallet, "a daemon has no wallet");
            return DeclaredWallet.None;
        }

        if (section.Group(NodeSettings.Wallet) is not { } wallet)
        {
            return DeclaredWallet.None;
        }

        if (wallet.Has(NodeSettings.WalletPassword))
        {
            wallet.RefuseUnshown(NodeSettings.WalletPassword, "means nothing for a watched node: the agent never opens its wallet");
        }

        foreach (var setting in new[] { NodeSettings.WalletFile, NodeSettings.WalletFolder }.Where(s => !wallet.Has(s)))
        {
            wallet.RefuseUnshown(setting, "is missing");
        }

        return wallet.Text(NodeSettings.WalletFile) is { } file && wallet.Text(NodeSettings.WalletFolder) is { } folder
            ? new DeclaredWallet(new WalletConfig(file, null, Path.GetFullPath(folder, configFolder)), wallet.Truth(NodeSettings.WalletAtStart) ?? false, null)
            : DeclaredWallet.None;
    }
}
