using System.Collections.Immutable;
using System.Net;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Reads one node of agent.json as far as it can be judged by itself; <see cref="FleetRules"/> judges it beside the others.</summary>
internal sealed class NodeReader(ConfigSection section, string configFolder, HostFacts host)
{
    /// <summary>After this long a wallet stops waiting for its daemon; only then it obeys SIGTERM.</summary>
    private static readonly TimeSpan WalletGivesUp = TimeSpan.FromSeconds(210);

    private readonly SecretReader _secrets = new(configFolder, host);
    private readonly NodeArguments _arguments = new(section);

    public NodeDraft Read() => WatchedNodeReader.IsWatched(section) ? new WatchedNodeReader(section, configFolder, host).Read(_arguments) : ReadOwn();

    /// <summary>A port that may be connected to again and again, while something listens there and while nothing does.</summary>
    public static int? ReadPort(ConfigSection section, HostFacts host)
    {
        var port = section.Whole(NodeSettings.Port);
        if (port is { } known && host.OutgoingPorts is var range && range.Contains(known))
        {
            section.Refuse(
                NodeSettings.Port,
                $"is inside ip_local_port_range, {range.Low} to {range.High}: while nothing listens there, a connection to it can be given "
                    + "the same port and reach itself, which looks open and then keeps the program from binding it for 60 s");
        }

        return (int?)port;
    }

    public static ImmutableSortedDictionary<string, string> ReadLabels(ConfigSection section) =>
        section.Map(NodeSettings.Labels).ToImmutableSortedDictionary(l => l.Key, l => l.Value.Value, StringComparer.Ordinal);

    private NodeDraft ReadOwn()
    {
        WatchedNodeReader.RefuseIn(section);
        var kind = NodeShapes.KindOf(section.Text(NodeSettings.Kind));
        var name = section.Text(NodeSettings.Name);
        var folder = Folder();
        var login = Login(kind);
        var address = Host(login is not null);
        return new NodeDraft
        {
            Section = section,
            Arguments = _arguments,
            Name = NodeName.TryParse(name, out var parsed) ? parsed : null,
            Kind = kind,
            Port = Port(),
            Host = address,
            Program = Program(kind),
            Folder = folder,
            Login = login,
            Trust = new TrustReader(section, _arguments.SpeaksTls, NodeSettings.Arguments, $"{ProgramOption.RpcSsl} enabled", " among the arguments", configFolder).Read(),
            Wallet = kind is { } known ? new WalletReader(section, _arguments, folder, _secrets).Read(known) : DeclaredWallet.None,
            Labels = ReadLabels(section),
            Environment = Environment(),
            Available = section.Truth(NodeSettings.Available) ?? true,
            StopBudget = StopBudget(kind),
        };
    }

    private int? Port()
    {
        var port = ReadPort(section, host);
        if (port is not null && _arguments.Find(ProgramOption.RpcBindPort) is { } given && given.Value != $"{port}")
        {
            _arguments.Refuse(given, $"{ProgramOption.RpcBindPort} {given.Value} is not the node's port, {port}; leave it out");
        }

        return port;
    }

    private string Host(bool hasLogin)
    {
        if (_arguments.Find(ProgramOption.RpcBindIp) is not { Value: { } text } given)
        {
            return NodeConfig.DefaultHost;
        }

        if (!IPAddress.TryParse(text, out var address) || address.ToString() != text)
        {
            _arguments.Refuse(given, $"{ProgramOption.RpcBindIp} {text} is not an IP address");
            return NodeConfig.DefaultHost;
        }

        var open = !IPAddress.IsLoopback(address);
        if (open && !_arguments.Has(ProgramOption.ConfirmExternalBind))
        {
            _arguments.Refuse(given, $"{ProgramOption.RpcBindIp} {text} is not a loopback address: the program wants {ProgramOption.ConfirmExternalBind} with it");
        }

        if (open && !hasLogin && _arguments.Has(ProgramOption.DisableRpcLogin))
        {
            section.Warn(NodeSettings.Arguments, $"everybody who reaches {text} can use the wallet: {ProgramOption.DisableRpcLogin} goes with a loopback address");
        }

        return text;
    }

    private string? Program(NodeKind? kind)
    {
        var name = section.Has(NodeSettings.Program) ? section.Text(NodeSettings.Program) : kind switch
        {
            NodeKind.WalletRpc => "monero-wallet-rpc",
            NodeKind.Daemon => "monerod",
            _ => null,
        };
        if (name is null)
        {
            return null;
        }

        var path = name.Contains('/') ? Path.GetFullPath(name, configFolder) : host.FindProgram(name);
        var problem = path is null ? $"{name} is in no folder of PATH" : ProgramProblem(path);
        if (problem is not null)
        {
            section.RefuseUnshown(NodeSettings.Program, problem);
        }

        return path;
    }

    private static string? ProgramProblem(string path) => FileStatus.Of(path) switch
    {
        null => $"{path} does not exist, or cannot be reached",
        { Kind: FileKind.Folder } => $"{path} is a folder",
        { Kind: FileKind.Other } => $"{path} is not a file",
        _ when !FileStatus.IsExecutable(path) => $"{path} is not executable",
        _ => null,
    };

    private string Folder()
    {
        var folder = section.Text(NodeSettings.Folder) is { } text ? Path.GetFullPath(text, configFolder) : configFolder;
        if (section.Has(NodeSettings.Folder) && FileStatus.Of(folder) is not { Kind: FileKind.Folder })
        {
            section.RefuseUnshown(NodeSettings.Folder, $"{folder} is not a folder");
        }

        return folder;
    }

    private Secret? Login(NodeKind? kind)
    {
        var disabled = _arguments.Find(ProgramOption.DisableRpcLogin);
        if (section.Has(NodeSettings.Login))
        {
            if (disabled is not null)
            {
                _arguments.Refuse(disabled, $"{ProgramOption.DisableRpcLogin} contradicts \"login\"");
            }

            return section.Text(NodeSettings.Login) is { } source ? ReadLogin(section, _secrets, source) : null;
        }

        if (kind == NodeKind.WalletRpc && disabled is null && !_arguments.Has(ProgramOption.RpcLogin))
        {
            section.RefuseUnshown(
                NodeSettings.Login,
                $"is missing: a walletRpc node needs it, or {ProgramOption.DisableRpcLogin} among its arguments; "
                    + "else the program makes up a password nobody knows");
        }

        return null;
    }

    /// <summary>A secret that must hold <c>user:password</c>.</summary>
    public static Secret? ReadLogin(ConfigSection section, SecretReader secrets, string source)
    {
        var login = secrets.Read(source, out var problem);
        var colon = login?.Reveal().IndexOf(':', StringComparison.Ordinal) ?? 0;
        if (login is not null && (colon < 1 || colon == login.Reveal().Length - 1))
        {
            problem = $"{login.Source} does not hold user:password";
        }

        if (problem is not null)
        {
            section.RefuseUnshown(NodeSettings.Login, problem);
        }

        return login;
    }

    private ImmutableSortedDictionary<string, string> Environment()
    {
        var variables = section.Map(NodeSettings.Environment);
        foreach (var (name, text) in variables)
        {
            if (name == Names.RpcLoginVariable)
            {
                section.Refuse(NodeSettings.Environment, text.Line, text.Part, "is the agent's to set; use \"login\"");
            }
            else if (name.StartsWith("MONEROCLOUD_", StringComparison.Ordinal))
            {
                section.Refuse(NodeSettings.Environment, text.Line, text.Part, "is the agent's to set");
            }
        }

        return variables.ToImmutableSortedDictionary(v => v.Key, v => v.Value.Value, StringComparer.Ordinal);
    }

    private TimeSpan StopBudget(NodeKind? kind)
    {
        var budget = section.Duration(NodeSettings.StopBudget) ?? NodeConfig.DefaultStopBudget;
        if (budget < WalletGivesUp && kind == NodeKind.WalletRpc)
        {
            section.Warn(NodeSettings.StopBudget, "is under 210s: a wallet that waits for a hung daemon is killed before it saved");
        }

        return budget;
    }
}
