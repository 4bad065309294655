using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The settings of one node of agent.json.</summary>
internal static class NodeSettings
{
    /// <summary>The kernel's limit of one string of a command line or an environment is far above.</summary>
    private const int LongText = 32_768;

    public static Setting Name { get; } = new("name", NodeShapes.Name, "The node's name, unique in the file.") { Required = true };

    public static Setting Kind { get; } = new("kind", NodeShapes.Kind, "Which program it runs.") { Required = true };

    public static Setting Port { get; } = new(
        "port",
        new ValueShape.Whole(1, 65535),
        "The RPC port, unique in the file and outside the kernel's `ip_local_port_range` (mostly 32768 to 60999). The agent adds `--rpc-bind-port`.")
    {
        Required = true,
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

    public static Setting WalletPassword { get; } = new(
        "password",
        SecretSource.Shape,
        "Where the wallet's password stands. With `--wallet-file` it must be a `file:`, and the agent adds `--password-file`.")
    {
        Sensitive = true,
    };

    public static Setting Wallet { get; } = new(
        "wallet",
        new ValueShape.Group([WalletFile, WalletPassword]),
        "The wallet that must be open; only for a walletRpc node. The agent opens it again after every start.");

    public static Setting Daemon { get; } = new(
        "daemon",
        new ValueShape.Text(MaxLength: 300),
        "The daemon a wallet uses: a daemon node of this file, or `host:port`. The agent adds `--daemon-address`.")
    {
        DefaultInWords = "what `--daemon-address` says, else the program's own",
    };

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
        [Name, Kind, Port, Program, Arguments, Login, Wallet, Daemon, Labels, Environment, Folder, Available, StopBudget]);
}
