using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The settings of one node of agent.json.</summary>
internal static class NodeSettings
{
    /// <summary>The kernel's limit of one string of a command line or an environment is far above.</summary>
    private const int LongText = 32_768;

    public const string Own = "own";

    public const string Watch = "watch";

    public const string System = "system";

    public const string User = "user";

    public static Setting Name { get; } = new("name", NodeShapes.Name, "The node's name, unique in the file.") { Required = true };

    public static Setting Kind { get; } = new("kind", NodeShapes.Kind, "Which program it runs.") { Required = true };

    public static Setting Port { get; } = new(
        "port",
        new ValueShape.Whole(1, 65535),
        "The RPC port, unique in the file and outside the kernel's `ip_local_port_range` (mostly 32768 to 60999). The agent adds `--rpc-bind-port`.")
    {
        Required = true,
    };

    public static Setting Manage { get; } = new(
        "manage",
        new ValueShape.Choice([Own, Watch]),
        "Who runs it: `own`, this agent; `watch`, somebody else (systemd, docker, a person), and the agent only looks. See [Watched nodes](#watched-nodes).")
    {
        Default = "\"own\"",
    };

    public static Setting Unit { get; } = new(
        "unit",
        new ValueShape.Text("a systemd service's name in full, such as \"wallet.service\"", AgentTextPatterns.Unit, MaxLength: 255),
        "Watched: the systemd unit that runs it, unique in the file. Its main process is the node's, and the agent may start, stop and restart it by `systemctl`.")
    {
        DefaultInWords = "none: found by its port, never restarted",
    };

    public static Setting UnitManager { get; } = new(
        "unitManager",
        new ValueShape.Choice([System, User]),
        "Watched, with `unit`: whose unit it is, the system's or the agent's user's own (`systemctl --user`).")
    {
        DefaultInWords = "`system`",
    };

    public static Setting Host { get; } = new(
        "host",
        new ValueShape.Text(MaxLength: 45),
        "Watched: the IP address of this machine at which its RPC listens.")
    {
        DefaultInWords = "`127.0.0.1`",
    };

    public static Setting Tls { get; } = new("tls", new ValueShape.Truth(), "Watched: its RPC speaks TLS.") { DefaultInWords = "`false`" };

    public static Setting LogFile { get; } = new(
        "logFile",
        new ValueShape.Text(),
        "Watched: a log it writes. That it grows is a sign of work, and its end tells why the process ended.")
    {
        DefaultInWords = "none",
    };

    public static Setting Program { get; } = new(
        "program",
        new ValueShape.Text(),
        "The executable; without a `/` it is looked up on `PATH`.")
    {
        DefaultInWords = "`monero-wallet-rpc` or `monerod`",
    };

    public static Setting Arguments { get; } = new(
        "arguments",
        new ValueShape.Texts(new ValueShape.Text(MinLength: 0, MaxLength: LongText), 256),
        "The program's arguments, each a text of its own. See [Arguments](#arguments).");

    public static Setting Login { get; } = new(
        "login",
        SecretSource.Shape,
        "Where the RPC login stands, as `user:password`. The child gets it in its environment, never on its command line. "
            + "A walletRpc node needs it, or `--disable-rpc-login` among its arguments.")
    {
        Sensitive = true,
    };

    public static Setting WalletFile { get; } = new(
        "file",
        new ValueShape.Text("a wallet's file name without a folder and without .keys", AgentTextPatterns.WalletFile, MaxLength: 200),
        "The wallet's file name in `--wallet-dir`. With `--wallet-file` among the arguments it is left out, or the same name.");

    public static Setting WalletFolder { get; } = new(
        "folder",
        new ValueShape.Text(),
        "Watched: the folder of the wallet's file. Required there.");

    public static Setting WalletAtStart { get; } = new(
        "atStart",
        new ValueShape.Truth(),
        "Watched: the program opens the wallet by itself (`--wallet-file`), so its port opens only after the first refresh.")
    {
        DefaultInWords = "`false`",
    };

    public static Setting WalletPassword { get; } = new(
        "password",
        SecretSource.Shape,
        "Where the wallet's password stands. With `--wallet-file` it must be a `file:`, and the agent adds `--password-file`.")
    {
        Sensitive = true,
    };

    public static Setting Wallet { get; } = new(
        "wallet",
        new ValueShape.Group([WalletFile, WalletPassword, WalletFolder, WalletAtStart]),
        "The wallet that must be open; only for a walletRpc node. The agent opens it again after every start, unless it only watches the node.");

    public static Setting Daemon { get; } = new(
        "daemon",
        new ValueShape.Text(MaxLength: 300),
        "The daemon a wallet uses: a daemon node of this file, or `host:port`. The agent adds `--daemon-address`.")
    {
        DefaultInWords = "what `--daemon-address` says, else the program's own",
    };

    public static Setting TlsFingerprint { get; } = new(
        "tlsFingerprint",
        CertificateSettings.FingerprintShape,
        "With `--rpc-ssl enabled`: accept this very certificate from it, whoever signed it. `openssl x509 -in FILE -noout -fingerprint -sha256` shows it. See [TLS](#tls).")
    {
        DefaultInWords = "one that the machine's roots vouch for",
    };

    public static Setting TlsCaFile { get; } = new(
        "tlsCaFile",
        new ValueShape.Text(),
        "Instead: accept what a certificate of this PEM file vouches for. It must name the address, mostly `127.0.0.1`.");

    public static Setting Labels { get; } = new("labels", NodeShapes.Labels, "Anything that helps to find or group nodes.");

    public static Setting Environment { get; } = new(
        "environment",
        new ValueShape.Map(
            new ValueShape.Text("a variable's name: letters, digits and '_', not beginning with a digit", AgentTextPatterns.Variable, MaxLength: 255),
            new ValueShape.Text(MinLength: 0, MaxLength: LongText),
            64),
        "More variables for the child. `RPC_LOGIN` and `MONEROCLOUD_...` are refused.");

    public static Setting Folder { get; } = new("folder", new ValueShape.Text(), "The child's working folder.")
    {
        DefaultInWords = "the folder of agent.json",
    };

    public static Setting Available { get; } = new(
        "available",
        new ValueShape.Truth(),
        "The first value of the node's availability: false is kept and shown, but not started, checked or counted. Later `monerocloud enable` and `disable` decide.")
    {
        Default = "true",
    };

    public static Setting StopBudget { get; } = new(
        "stopBudget",
        new ValueShape.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        "How long an orderly stop may take before SIGKILL. Behind a hung daemon a wallet takes up to 207 s, and what it did not save is lost.")
    {
        Default = "\"230s\"",
    };

    public static ValueShape.Group Shape { get; } = new(
        [Name, Kind, Port, Manage, Unit, UnitManager, Host, Tls, TlsFingerprint, TlsCaFile, LogFile, Program, Arguments, Login, Wallet, Daemon, Labels, Environment, Folder, Available, StopBudget]);
}
