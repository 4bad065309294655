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

    /// <summary>As agent.json has it: <c>file:...</c>.</summary>
    public string? Login { get; init; }

    /// <summary>A wallet file in the agent's folder <c>wallets</c>, and its password as agent.json has it.</summary>
    public (string File, string Password)? Wallet { get; init; }

    public string? StopBudget { get; init; }

    public string[] More { get; init; } = [];

    public JsonObject ToJson(AgentUnderTest agent)
    {
        var home = Directory.CreateDirectory(Path.Combine(agent.Folder, "home")).FullName;
        var node = new JsonObject
        {
            ["name"] = Name,
            ["kind"] = IsDaemon ? "daemon" : "walletRpc",
            ["port"] = Port,
            ["arguments"] = new JsonArray([.. (IsDaemon ? DaemonArguments(agent) : WalletArguments(agent)).Concat(More).Select(a => (JsonNode)a)]),
            ["environment"] = new JsonObject { ["HOME"] = home },
            ["folder"] = agent.Folder,
        };
        Add(node, "program", Program);
        Add(node, "daemon", Daemon);
        Add(node, "login", Login);
        Add(node, "stopBudget", StopBudget);
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

    private static IEnumerable<string> DaemonArguments(AgentUnderTest agent) =>
    [
        "--regtest", "--offline", "--fixed-difficulty", "1", "--data-dir", Path.Combine(agent.Folder, "chain"), "--no-igd", "--hide-my-port",
        "--rpc-ssl", "disabled", "--p2p-bind-ip", "127.0.0.1", "--p2p-bind-port", $"{FreePort.Next()}", "--rpc-bind-ip", "127.0.0.1", "--no-zmq",
        "--log-file", Path.Combine(agent.Folder, "monerod.log"),
    ];
}
