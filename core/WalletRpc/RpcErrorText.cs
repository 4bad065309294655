namespace MoneroCloud.Core;

/// <summary>
/// What of a node's error message is told further: words that are known, and nothing else of it. A peer that took the port could answer with anything, and a
/// wallet's own message may carry a path, an address or what was typed; what is told here ends in alerts.
/// </summary>
internal static class RpcErrorText
{
    public const string Unknown = "in words that are not shown";

    /// <summary>Those of monero 0.18 and of the system below it; the first that the message contains.</summary>
    private static readonly string[] Known =
    [
        "No space left on device",
        "Read-only file system",
        "Permission denied",
        "failed to save file",
        "Failed to save wallet",
        "No wallet file",
        "Failed to open wallet",
        "is opened by another wallet program",
        "invalid password",
        "no connection to daemon",
        "daemon is busy",
        "Method not found",
        "Invalid params",
    ];

    public static string Of(string? message) =>
        string.IsNullOrEmpty(message) ? "without a message" : Known.FirstOrDefault(w => message.Contains(w, StringComparison.OrdinalIgnoreCase)) ?? Unknown;
}
