using System.Net;

namespace MoneroCloud.Agent;

/// <summary>The address of a monitor: https, or http on this machine.</summary>
internal static class MonitorAddress
{
    /// <param name="text">Any.</param>
    /// <param name="problem">What is wrong, to stand after what it was called; null when the address is returned.</param>
    /// <returns>With a last slash, so that paths are below it.</returns>
    public static Uri? TryParse(string? text, out string? problem)
    {
        problem = !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0
            ? "must be an address such as https://HOST or http://127.0.0.1:7071"
            : url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0 ? "must have neither a login nor anything behind its path"
            : !IsSafe(url) ? $"must be https: http to {url.Host} would carry keys in the clear (http is for this machine alone)"
            : null;
        return problem is null ? new Uri(url!.AbsoluteUri.TrimEnd('/') + "/") : null;
    }

    public static bool IsSafe(Uri url) => url.Scheme != "http" || IsLoopback(url.Host);

    public static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
