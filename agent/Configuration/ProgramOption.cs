using System.Collections.Immutable;

namespace MoneroCloud.Agent;

/// <summary>An option of monero-wallet-rpc or monerod that the agent understands.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Refusal">Why it may not be among the arguments; null when it may.</param>
internal sealed record ProgramOption(string Name, bool TakesValue, string? Refusal = null)
{
    public const string RpcBindPort = "--rpc-bind-port";
    public const string RpcBindIp = "--rpc-bind-ip";
    public const string ConfirmExternalBind = "--confirm-external-bind";
    public const string RpcSsl = "--rpc-ssl";
    public const string RpcLogin = "--rpc-login";
    public const string DisableRpcLogin = "--disable-rpc-login";
    public const string WalletDir = "--wallet-dir";
    public const string WalletFile = "--wallet-file";
    public const string GenerateFromJson = "--generate-from-json";
    public const string PasswordFile = "--password-file";
    public const string DaemonAddress = "--daemon-address";
    public const string Offline = "--offline";
    public const string Testnet = "--testnet";
    public const string Stagenet = "--stagenet";
    public const string ConfigFile = "--config-file";
    public const string NonInteractive = "--non-interactive";

    private const string Leaks = "would show in the process list, which everybody can read";

    public static ImmutableArray<ProgramOption> All { get; } =
    [
        new(RpcBindPort, true),
        new(RpcBindIp, true),
        new(ConfirmExternalBind, false),
        new(RpcSsl, true),
        new(DisableRpcLogin, false),
        new(WalletDir, true),
        new(WalletFile, true),
        new(GenerateFromJson, true),
        new(PasswordFile, true),
        new(DaemonAddress, true),
        new(Offline, false),
        new(Testnet, false),
        new(Stagenet, false),
        new(ConfigFile, true),
        new(NonInteractive, false),
        new(RpcLogin, true, $"{Leaks}; use \"login\""),
        new("--password", true, $"{Leaks}; use \"wallet\""),
        new("--daemon-login", true, $"{Leaks}; put daemon-login=USER:PASSWORD into a file of mode 0600 and name it with {ConfigFile}"),
        new("--bootstrap-daemon-login", true, $"{Leaks}; put it into a file of mode 0600 and name it with {ConfigFile}"),
        new("--bitmessage-login", true, $"{Leaks}; put it into a file of mode 0600 and name it with {ConfigFile}"),
        new("--rpc-client-secret-key", true, $"{Leaks}; put it into a file of mode 0600 and name it with {ConfigFile}"),
        new("--daemon-host", true, $"is not understood; use \"daemon\" or {DaemonAddress} with host:port"),
        new("--daemon-port", true, $"is not understood; use \"daemon\" or {DaemonAddress} with host:port"),
        new("--detach", false, "would take the process out of the agent's hands"),
        new("--pidfile", true, "goes with --detach, and the file is never removed"),
        new("--prompt-for-password", false, "would wait for a terminal that is not there; use \"wallet\""),
        new("--help", false, "makes the program leave at once"),
        new("--version", false, "makes the program leave at once"),
    ];

    public static ProgramOption? Find(string name) => All.FirstOrDefault(o => o.Name == name);

    /// <summary>Both programs take the beginning of an option for the whole, so <c>--rpc-log</c> would be <c>--rpc-login</c>.</summary>
    public static ProgramOption? AbbreviatedBy(string name) =>
        Find(name) is null ? All.Where(o => o.Name.StartsWith(name, StringComparison.Ordinal)).MinBy(o => o.Name.Length) : null;
}
