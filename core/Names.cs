namespace MoneroCloud.Core;

/// <summary>The one file of names that cross a process's border: environment variables, files, settings.</summary>
public static class Names
{
    /// <summary>In a child's environment: <c>agent.name:installation:random</c>.</summary>
    public const string InstanceVariable = "MONEROCLOUD_INSTANCE";

    /// <summary>The operator's configuration file, when <c>--config</c> is not given.</summary>
    public const string ConfigVariable = "MONEROCLOUD_CONFIG";

    /// <summary>A key for the monitor, for the command line.</summary>
    public const string KeyVariable = "MONEROCLOUD_KEY";

    /// <summary>Read by monero-wallet-rpc and monerod: <c>user:password</c>, so that it is on no command line.</summary>
    public const string RpcLoginVariable = "RPC_LOGIN";

    /// <summary>systemd's notification socket.</summary>
    public const string NotifySocketVariable = "NOTIFY_SOCKET";

    public const string ConfigFile = "agent.json";

    public const string SystemConfig = "/etc/monerocloud/agent.json";

    public const string ControlSocket = "control.sock";

    public const string JournalFile = "journal.jsonl";

    public const string EventsFile = "events.jsonl";

    public const string StateLock = "agent.lock";
}
