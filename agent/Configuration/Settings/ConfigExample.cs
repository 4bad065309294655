namespace MoneroCloud.Agent;

/// <summary>The example of docs/configuration.md. Tests read it with <see cref="AgentConfigReader"/>.</summary>
internal static class ConfigExample
{
    public const string Text =
        """
        {
          "agent": "host-1",
          "nodes": [
            {
              "name": "daemon",
              "kind": "daemon",
              "port": 18081,
              "arguments": ["--data-dir", "/srv/monero", "--prune-blockchain"],
            },
            {
              "name": "main",
              "kind": "walletRpc",
              "port": 18210,
              "arguments": ["--wallet-dir", "/srv/wallets", "--trusted-daemon", "--rpc-ssl", "disabled"],
              "login": "file:secrets/main.login", // holds user:password
              "wallet": { "file": "alice", "password": "file:secrets/alice.password" },
              "daemon": "daemon",
              "labels": { "tier": "hot" },
            },
            {
              "name": "watcher",
              "kind": "walletRpc",
              "port": 18211,
              "arguments": ["--wallet-file", "/srv/watch/shop", "--disable-rpc-login"],
              "wallet": { "password": "file:secrets/shop.password" },
              "daemon": "10.0.0.5:18081",
            },
          ],
          "diagnosis": { "busyBudget": "20m" }, /* every other option keeps its default */
          "health": { "fail": 3 },
        }
        """;

    /// <summary>Beside it, what somebody else runs.</summary>
    public const string Watched =
        """
        {
          "agent": "host-2",
          "nodes": [
            {
              "name": "shop",
              "kind": "walletRpc",
              "port": 18083,
              "manage": "watch",
              "unit": "shop-wallet.service", // the agent may restart it, and nothing else
              "login": "file:secrets/main.login",
              "wallet": { "folder": "/srv/shop", "file": "till" },
              "daemon": "10.0.0.5:18081",
              "logFile": "/var/log/shop-wallet.log",
            },
            { "name": "contained", "kind": "daemon", "port": 18081, "manage": "watch" }, // docker holds the port: its port and API are seen
          ],
        }
        """;
}
