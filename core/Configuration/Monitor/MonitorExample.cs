namespace MoneroCloud.Core;

/// <summary>The example of docs/monitor.md. Tests read it with <see cref="MonitorConfigReader"/>.</summary>
internal static class MonitorExample
{
    public const string Text =
        """
        {
          "nodes": {
            // a node of the agent host-1: probed from here too, not only by its agent
            "host-1.main": {
              "probeUrl": "https://10.0.0.5:18210",
              "tls": { "fingerprint": "3F:9A:0C:51:77:E2:4D:B8:16:A0:5B:CE:93:2F:68:D1:04:7E:B9:35:8A:C6:1D:F2:60:4B:97:EE:25:D8:73:AC" },
              "loginSecret": "NODE_LOGIN_MAIN", // this variable holds user:password
            },
            // nodes without an agent
            "remote.cold": {
              "kind": "walletRpc",
              "probeUrl": "https://cold.example.org:18082",
              "tls": { "caFile": "tls/ca.pem" },
              "loginSecret": "NODE_LOGIN_COLD",
              "wallet": true,
              "labels": { "tier": "cold" },
            },
            "remote.public-daemon": { "kind": "daemon", "probeUrl": "http://node.example.org:18081" },
          },
          "publicUrl": "https://monitor.example.org",
          "periods": { "report": "30s" },
          "alerts": {
            "channels": [
              { "name": "log", "kind": "log" },
              { "name": "mail", "kind": "smtp", "host": "smtp.example.org", "from": "monerocloud@example.org", "to": ["ops@example.org"], "login": "env:ALERT_SMTP_LOGIN" },
              { "name": "team", "kind": "teams", "url": "env:ALERT_TEAMS_URL" },
            ],
            "routes": [{ "match": { "severities": ["low"] }, "channels": ["log"] }], // the rest goes over every channel
            "severities": { "WalletBehind": "low" },
            "restarted": false,
          },
          "selfCheck": { "targets": ["tcp://10.0.0.1:53", "https://www.example.org"] },
          "deadMan": { "url": "https://hc-ping.com/6c5d1f0a-7c0e-4a53-9c5c-0d4b8e2f9a11" },
          "health": { "fail": 3 }, /* every other option keeps its default */
        }
        """;
}
