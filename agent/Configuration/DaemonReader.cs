using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Finds the daemon of a wallet: declared, on its command line, or the program's own default.</summary>
internal sealed class DaemonReader(ImmutableArray<NodeDraft> nodes)
{
    public DaemonReference? Read(NodeDraft node)
    {
        if (node.Kind == NodeKind.Daemon)
        {
            if (node.Section.Has(NodeSettings.Daemon))
            {
                node.Section.Refuse(NodeSettings.Daemon, "belongs to a walletRpc node: this one is a daemon itself");
            }

            return null;
        }

        var declared = node.Section.Text(NodeSettings.Daemon) is { } text ? Declared(node, text) : null;
        var given = Given(node);
        if (declared is not null && node.Arguments.Find(ProgramOption.DaemonAddress) is { } option && given is not null && declared != given)
        {
            node.Arguments.Refuse(option, $"{option.Option.Name} {option.Value} is not the node's daemon, {declared.Address}; leave it out");
        }

        if (node.Section.Has(NodeSettings.Daemon) && node.Arguments.Find(ProgramOption.Offline) is { } offline)
        {
            node.Arguments.Refuse(offline, $"{ProgramOption.Offline} contradicts \"daemon\"");
        }

        return declared ?? given ?? Usual(node);
    }

    private DaemonReference? Declared(NodeDraft node, string text)
    {
        if (text.Contains(':'))
        {
            if (Parse(text) is { } address)
            {
                return NotItself(node, address);
            }

            node.Section.Refuse(NodeSettings.Daemon, "is not host:port, with a port from 1 to 65535");
            return null;
        }

        var target = nodes.FirstOrDefault(n => n.Name?.ToString() == text);
        var problem = target is null ? "is not a node of this file; for a daemon elsewhere write host:port"
            : ReferenceEquals(target, node) ? "is this node itself"
            : target.Kind == NodeKind.WalletRpc ? "is a walletRpc node, not a daemon"
            : null;
        if (problem is not null)
        {
            node.Section.Refuse(NodeSettings.Daemon, problem);
        }

        return problem is null && target is { Port: { } port } ? new DaemonReference(target.Name, target.RpcHost, port) : null;
    }

    private DaemonReference? Given(NodeDraft node)
    {
        if (node.Arguments.Find(ProgramOption.DaemonAddress) is not { Value: { } text } option)
        {
            return null;
        }

        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var address = Parse(scheme < 0 ? text : text[(scheme + 3)..].TrimEnd('/'));
        if (address is null)
        {
            node.Arguments.Refuse(option, $"{option.Option.Name} {text} is not host:port, with a port from 1 to 65535");
        }

        return address;
    }

    private static DaemonReference? NotItself(NodeDraft node, DaemonReference address)
    {
        if (address.Node is null && IsLocal(address.Host, node) && address.Port == node.Port)
        {
            node.Section.Refuse(NodeSettings.Daemon, "is this node itself");
            return null;
        }

        return address;
    }

    /// <summary>Where a wallet looks that was told nothing; a configuration file of its own may tell it, and of a watched one nobody knows.</summary>
    private DaemonReference? Usual(NodeDraft node)
    {
        var arguments = node.Arguments;
        if (node.Manage == NodeManage.Watch || node.Section.Has(NodeSettings.Daemon) || arguments.Has(ProgramOption.Offline) || arguments.Has(ProgramOption.ConfigFile))
        {
            return null;
        }

        var port = arguments.Has(ProgramOption.Testnet) ? 28081 : arguments.Has(ProgramOption.Stagenet) ? 38081 : 18081;
        return WithNode(NodeConfig.DefaultHost, port);
    }

    private DaemonReference? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon < 1 ? "" : text[..colon];
        if (host is ['[', .. var inner, ']'] && IPAddress.TryParse(inner, out _))
        {
            host = inner;
        }
        else if (Uri.CheckHostName(host) is not (UriHostNameType.Dns or UriHostNameType.IPv4))
        {
            return null;
        }

        var isPort = int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535;
        return isPort ? WithNode(host, port) : null;
    }

    /// <summary>An address of this machine at which a daemon node of the file listens is that node.</summary>
    private DaemonReference WithNode(string host, int port)
    {
        var node = nodes.FirstOrDefault(n => n.Kind == NodeKind.Daemon && n.Port == port && IsLocal(host, n));
        return node is null ? new DaemonReference(null, host, port) : new DaemonReference(node.Name, node.RpcHost, port);
    }

    private static bool IsLocal(string host, NodeDraft node) =>
        host == node.RpcHost || host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address) && node.Host != node.RpcHost);
}
