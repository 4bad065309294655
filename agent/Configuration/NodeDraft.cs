using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A node as far as it could be read; what is null was reported, or is not declared.</summary>
internal sealed record NodeDraft
{
    public required ConfigSection Section { get; init; }

    public required NodeArguments Arguments { get; init; }

    public NodeManage Manage { get; init; }

    /// <summary>Of a watched node; of the agent's own the arguments tell.</summary>
    public bool? Tls { get; init; }

    public UnitConfig? Unit { get; init; }

    public string? LogFile { get; init; }

    public required NodeName? Name { get; init; }

    public required NodeKind? Kind { get; init; }

    public required int? Port { get; init; }

    public required string Host { get; init; }

    public required string? Program { get; init; }

    public required string Folder { get; init; }

    public required Secret? Login { get; init; }

    public required TlsTrust Trust { get; init; }

    public required DeclaredWallet Wallet { get; init; }

    public required ImmutableSortedDictionary<string, string> Labels { get; init; }

    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    public required bool Available { get; init; }

    public required TimeSpan StopBudget { get; init; }

    /// <summary>Where its RPC is reached.</summary>
    public string RpcHost => NodeConfig.Reachable(Host);

    /// <summary>The finished node. Only for a draft about which nothing was reported.</summary>
    public NodeConfig Finish(DaemonReference? daemon) => new()
    {
        Name = Name!.Value,
        Kind = Kind!.Value,
        Manage = Manage,
        Unit = Unit,
        LogFile = LogFile,
        Program = Program ?? "",
        Arguments = Manage == NodeManage.Watch ? [] : [.. Arguments.Texts.Select(t => t.Value), .. Added(daemon)],
        Port = Port!.Value,
        Host = Host,
        Tls = Tls ?? Arguments.SpeaksTls,
        Trust = Trust,
        Login = Login,
        Wallet = Wallet.Config,
        WalletFileMode = Wallet.FileMode,
        Daemon = daemon,
        Labels = Labels,
        Environment = Environment,
        Folder = Folder,
        Available = Available,
        StopBudget = StopBudget,
    };

    private IEnumerable<string> Added(DaemonReference? daemon)
    {
        if (!Arguments.Has(ProgramOption.RpcBindPort))
        {
            yield return $"{ProgramOption.RpcBindPort}={Port}";
        }

        if (Section.Has(NodeSettings.Daemon) && daemon is not null && !Arguments.Has(ProgramOption.DaemonAddress))
        {
            yield return $"{ProgramOption.DaemonAddress}={daemon.Address}";
        }

        if (Wallet.AddedPasswordFile is { } file)
        {
            yield return $"{ProgramOption.PasswordFile}={file}";
        }

        if (!Arguments.Has(ProgramOption.NonInteractive))
        {
            yield return ProgramOption.NonInteractive;
        }
    }
}
