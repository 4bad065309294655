using System.Net;

namespace MoneroCloud.Core;

/// <summary>Judges addresses that channels post to, whether they stand in the file or in a secret: no message shows one.</summary>
internal static class PostAddress
{
    private const string Retired =
        "is a connector of Office 365, which Microsoft has switched off: make a workflow (\"Post to a channel when a webhook request is received\") and take its address";

    private static readonly string[] RetiredHosts = ["outlook.office.com", "outlook.office365.com"];

    private const string RetiredDomain = ".webhook.office.com";

    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Problem(string text) =>
        !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic
            ? "is no http or https address"
        : address.UserInfo.Length > 0 ? "has a login before its host"
        : address.Fragment.Length > 0 ? "has a '#'"
        : IsRetired(address.IdnHost.TrimEnd('.')) ? Retired
        : null;

    /// <summary>For an address that is a secret: it must not be told on the way.</summary>
    public static string? SecretProblem(string text) =>
        Problem(text) ?? (IsSafe(new Uri(text)) ? null : "is http and no address of this machine: a secret must not go in clear");

    /// <summary>Whether what is posted there is read by nobody else on the way.</summary>
    public static bool IsSafe(Uri address) => address.Scheme == "https" || IsThisMachine(address.IdnHost);

    /// <param name="host">A name, or an address with or without brackets.</param>
    public static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsRetired(string host) =>
        RetiredHosts.Contains(host, StringComparer.OrdinalIgnoreCase) || host.EndsWith(RetiredDomain, StringComparison.OrdinalIgnoreCase);
}
