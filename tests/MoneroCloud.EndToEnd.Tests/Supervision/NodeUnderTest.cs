using System.Text.Json.Nodes;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A node for agent.json: a real monero-wallet-rpc without a daemon and without a login, unless told otherwise.</summary>
internal sealed record NodeUnderTest(string Name)
{
    public int Port { get; init; } = FreePort.Next();

    /// <summary>Null: monero-wallet-rpc, or monerod for a daemon.</summary>
    public string? Program { get; init; }

    public string? Daemon { get; init; }

    public bool IsDaemon { get; init; }

    /// <summary>Of a daemon: it may have peers, and with others of its kind one chain; else it is <c>--offline</c>.</summary>
    public bool IsOnline { get; init; }

    /// <summary>Of a daemon: where others of the test reach it.</summary>
    public int PeerPort { get; init; } = FreePort.Next();

    /// <summary>Of a daemon: the <see cref="PeerPort"/> of the only one it connects to.</summary>
    public int? Peer { get; init; }

    /// <summary>As agent.json has it: <c>file:...</c>.</summary>
    public string? Login { get; init; }

    /// <summary>A wallet file in the agent's folder <c>wallets</c>, and its password as agent.json has it.</summary>
    public (string File, string Password)? Wallet { get; init; }

    public string? StopBudget { get; init; }

    public string[] More { get; init; } = [];

    /// <summary>Instead of the usual arguments, <see cref="More"/> included.</summary>
    public string[]? Arguments { get; init; }

    /// <summary>More settings, such as <c>tlsFingerprint</c>.</summary>
    public (string Key, string Value)[] Settings { get; init; } = [];

    public JsonObject ToJson(AgentUnderTest agent)
    {
        var home = Directory.CreateDirectory(Path.Combine(agent.Folder, "home")).FullName;
        var node = new JsonObject
        {
            ["name"] = Name,
            ["kind"] = IsDaemon ? "daemon" : "walletRpc",
            ["port"] = Port,
            ["arguments"] = new JsonArray([.. (Arguments ?? (IsDaemon ? DaemonArguments(agent) : WalletArguments(agent)).Concat(More)).Select(a => (JsonNode)a)]),
            ["environment"] = new JsonObject { ["HOME"] = home },
            ["folder"] = agent.Folder,
        };
        Add(node, "program", Program);
        Add(node, "daemon", Daemon);
        Add(node, "login", Login);
        Add(node, "stopBudget", StopBudget);
        foreach (var (key, value) in Settings)
        {
            node[key] = value;
        }

        if (Wallet is { } wallet)
        {
            node["wallet"] = new JsonObject { ["file"] = wallet.File, ["password"] = wallet.Password };
        }

        return node;
    }

    private static void Add(JsonObject node, string key, string? value)
    {
        if (value is not null)
        {
            node[key] = value;
        }
    }

    private IEnumerable<string> WalletArguments(AgentUnderTest agent) =>
    [
        "--wallet-dir", Path.Combine(agent.Folder, "wallets"), "--rpc-ssl", "disabled", "--daemon-ssl", "disabled",
        "--log-file", Path.Combine(agent.Folder, $"{Name}.wallet.log"),
        .. Login is null ? new[] { "--disable-rpc-login" } : [],
        .. Daemon is null ? new[] { "--offline" } : ["--trusted-daemon"],
    ];

    private IEnumerable<string> DaemonArguments(AgentUnderTest agent) =>
    [
        "--regtest", "--fixed-difficulty", "1", "--data-dir", Path.Combine(agent.Folder, $"chain-{Name}"), "--no-igd", "--hide-my-port",
        "--rpc-ssl", "disabled", "--p2p-bind-ip", "127.0.0.1", "--p2p-bind-port", $"{PeerPort}", "--rpc-bind-ip", "127.0.0.1", "--no-zmq",
        "--log-file", Path.Combine(agent.Folder, $"monerod-{Name}.log"),
        .. IsOnline ? new[] { "--allow-local-ip", "--max-connections-per-ip", "9" } : ["--offline"],
        .. Peer is { } peer ? ["--add-exclusive-node", $"127.0.0.1:{peer}"] : Array.Empty<string>(),
    ];
}
