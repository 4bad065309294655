using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>One node of agent.json.</summary>
internal sealed record NodeConfig
{
    public const string DefaultHost = "127.0.0.1";

    public static TimeSpan DefaultStopBudget { get; } = TimeSpan.FromSeconds(230);

    public required NodeName Name { get; init; }

    public required NodeKind Kind { get; init; }

    /// <summary>Who runs it.</summary>
    public NodeManage Manage { get; init; }

    /// <summary>The systemd unit of a watched node; null when none is named, and then nothing of it is started or stopped.</summary>
    public UnitConfig? Unit { get; init; }

    /// <summary>Somebody, the agent or systemd for it, can restart it.</summary>
    public bool IsRestartable => Manage == NodeManage.Own || Unit is not null;

    /// <summary>The log of a watched node, absolute, for signs of work and an exit's cause; null when none is named. Of its own the agent knows where it is.</summary>
    public string? LogFile { get; init; }

    /// <summary>The executable, absolute; empty for a watched node, of which nothing is executed.</summary>
    public required string Program { get; init; }

    /// <summary>As given, with what the agent adds: port, daemon's address, password file, <c>--non-interactive</c>. Relative paths are relative to <see cref="Folder"/>.</summary>
    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>1 to 65535 and outside ip_local_port_range.</summary>
    public required int Port { get; init; }

    /// <summary>The address the RPC listens on, from <c>--rpc-bind-ip</c> or, watched, <c>host</c>; 127.0.0.1 otherwise. Never a name.</summary>
    public string Host { get; init; } = DefaultHost;

    /// <summary>The address to connect to: <see cref="Host"/>, or loopback where that stands for every address.</summary>
    public string RpcHost => Reachable(Host);

    /// <summary>The RPC speaks TLS (<c>--rpc-ssl enabled</c>, or <c>tls</c>).</summary>
    public bool Tls { get; init; }

    /// <summary>Which certificate is accepted from it; of no meaning without <see cref="Tls"/>.</summary>
    public TlsTrust Trust { get; init; } = new TlsTrust.SystemRoots();

    /// <summary>The RPC's login; null with <c>--disable-rpc-login</c>, or for a daemon without one.</summary>
    public Secret? Login { get; init; }

    /// <summary>The wallet that must be open; null when none is declared.</summary>
    public WalletConfig? Wallet { get; init; }

    /// <summary>The wallet is on the command line (<c>--wallet-file</c>).</summary>
    public bool WalletFileMode { get; init; }

    /// <summary>The daemon a wallet uses: another node of this agent, or an address; null when unknown.</summary>
    public DaemonReference? Daemon { get; init; }

    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>More variables for the child; never <c>RPC_LOGIN</c> or the agent's own.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The child's working folder, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>The first value of the journalled <c>available</c>.</summary>
    public bool Available { get; init; } = true;

    /// <summary>Budget of an orderly stop before SIGKILL. A SIGTERM behind a hung daemon takes up to 207 s.</summary>
    public TimeSpan StopBudget { get; init; } = DefaultStopBudget;

    /// <summary>Where something that listens at an address is reached on its own machine.</summary>
    public static string Reachable(string host) => host switch
    {
        "0.0.0.0" => DefaultHost,
        "::" => "::1",
        _ => host,
    };
}
