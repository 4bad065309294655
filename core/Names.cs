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

    /// <summary>systemd's watchdog: microseconds within which the agent has to say that it works.</summary>
    public const string WatchdogLimitVariable = "WATCHDOG_USEC";

    /// <summary>systemd's watchdog: the process that it is set for.</summary>
    public const string WatchdogPidVariable = "WATCHDOG_PID";

    public const string ConfigFile = "agent.json";

    public const string SystemConfig = "/etc/monerocloud/agent.json";

    public const string ControlSocket = "control.sock";

    public const string JournalFile = "journal.jsonl";

    public const string EventsFile = "events.jsonl";

    public const string StateLock = "agent.lock";

    /// <summary>Queue: agents send their reports, the monitor receives.</summary>
    public const string ReportsQueue = "reports";

    /// <summary>Queue: the monitor to itself, one message a delivery that is due.</summary>
    public const string AlertsQueue = "alerts";

    /// <summary>Queue: the monitor to itself, one message a shard to be probed.</summary>
    public const string ProbeShardsQueue = "probe-shards";

    /// <summary>Prefix of an agent's own queue, for orders and acks: <c>commands-AGENT</c>.</summary>
    public const string CommandsQueuePrefix = "commands-";

    /// <summary>The one table; in Azure its name, in SQLite the table's.</summary>
    public const string StateTable = "MoneroState";

    /// <summary>Column of the table: the row itself, in JSON.</summary>
    public const string DocColumn = "Doc";

    /// <summary>Column of the table: the node's process id.</summary>
    public const string PidColumn = "Pid";

    /// <summary>Column of the table: whether the node was usable at its last check.</summary>
    public const string WorkedColumn = "Worked";

    /// <summary>Column of the table: the answers of the last check, in JSON.</summary>
    public const string WorkedDataColumn = "WorkedData";

    /// <summary>Column of the table: when something is to be done about the row.</summary>
    public const string DueColumn = "Due";

    /// <summary>Setting: the bus. A connection string, or <c>ServiceBus__fullyQualifiedNamespace</c> with a managed identity.</summary>
    public const string ServiceBusSetting = "ServiceBus";

    /// <summary>Setting: the storage account, by its connection string or, with a managed identity, <c>AzureWebJobsStorage__accountName</c>.</summary>
    public const string StorageSetting = "AzureWebJobsStorage";

    /// <summary>Setting, secret: the monitor's private key, PKCS#8 in PEM.</summary>
    public const string SigningKeySetting = "MONITOR_SIGNING_KEY";

    /// <summary>Setting, secret: a second key of the monitor, which agents learn beside the first: the next one, before it signs; the last one, while what it signed is on its way.</summary>
    public const string OtherSigningKeySetting = "MONITOR_SIGNING_KEY_OTHER";

    /// <summary>Setting, secret: an API key with the role operator.</summary>
    public const string OperatorKeySetting = "OPERATOR_KEY";

    /// <summary>Setting, secret: an API key with the role viewer.</summary>
    public const string ViewerKeySetting = "VIEWER_KEY";

    /// <summary>Setting: what somebody may do on the dashboard whom the platform's Easy Auth has let in: nothing (none), or look (viewer).</summary>
    public const string EasyAuthSetting = "EASY_AUTH_ROLE";

    /// <summary>Setting of the platform: whether Easy Auth stands before the app, and takes away what clients write into its headers.</summary>
    public const string EasyAuthEnabledVariable = "WEBSITE_AUTH_ENABLED";

    /// <summary>Setting: NCRONTAB with six fields, how often nodes are probed.</summary>
    public const string ProbeScheduleSetting = "PROBE_SCHEDULE";

    /// <summary>Setting: NCRONTAB with six fields, how often what is due is sent.</summary>
    public const string SweepScheduleSetting = "SWEEP_SCHEDULE";

    /// <summary>Setting: where traces and metrics go in Azure; the Functions host reads it too.</summary>
    public const string InsightsSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>Setting: by which identity, <c>ClientId=...;Authorization=AAD</c>; the Functions host reads it too.</summary>
    public const string InsightsLoginSetting = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>Given by the Functions host: the port on 127.0.0.1 where the handler has to listen.</summary>
    public const string HandlerPortVariable = "FUNCTIONS_CUSTOMHANDLER_PORT";

    /// <summary>The monitor's own configuration file.</summary>
    public const string MonitorConfigFile = "monitor.json";

    /// <summary>The agent's enrolment in its state folder, 0600: the monitor's address and key, the bus, and the agent's own private key.</summary>
    public const string EnrolmentFile = "enrolment.json";

    public static string CommandsQueue(string agent) => CommandsQueuePrefix + agent;

    /// <summary>Behind a queue's name: where its messages end that nobody could handle.</summary>
    public const string DeadLetterSuffix = "/$DeadLetterQueue";

    public static string DeadLetterQueue(string queue) => queue + DeadLetterSuffix;

    /// <summary>Header of the HTTP API: a key. <c>Authorization: Bearer</c> is taken too.</summary>
    public const string KeyHeader = "x-functions-key";

    /// <summary>Setting, secret: the operator's key that is being replaced; valid beside <see cref="OperatorKeySetting"/>.</summary>
    public const string OldOperatorKeySetting = "OPERATOR_KEY_OLD";

    /// <summary>Setting, secret: the viewer's key that is being replaced; valid beside <see cref="ViewerKeySetting"/>.</summary>
    public const string OldViewerKeySetting = "VIEWER_KEY_OLD";

    /// <summary>The monitor's address, for the command line, when <c>--monitor</c> is not given.</summary>
    public const string MonitorVariable = "MONEROCLOUD_MONITOR";

    /// <summary>The channel that is always there: the monitor's own log.</summary>
    public const string LogChannel = "log";
}
