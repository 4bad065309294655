using System.Net;
using System.Net.Sockets;

namespace MoneroCloud.Functions;

/// <summary>From where a request comes: for the log, and for counting failures.</summary>
internal static class ClientAddress
{
    private const int PrefixBytes = 8; // An IPv6 client has a /64 of its own.

    /// <param name="proxied">The Functions host is the peer: the last hop that it was told of counts. Else such a header is anybody's invention.</param>
    public static IPAddress Of(HttpContext context, bool proxied)
    {
        var peer = context.Connection.RemoteIpAddress ?? IPAddress.None;
        return Of(proxied && LastHop(context.Request) is { } hop ? hop : peer);
    }

    /// <summary>What counts as one client.</summary>
    public static IPAddress Of(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? Prefix(address)
        : address;

    private static IPAddress? LastHop(HttpRequest request) =>
        request.Headers["X-Forwarded-For"].LastOrDefault()?.Split(',')[^1].Trim() is { Length: > 0 } hop && IPEndPoint.TryParse(hop, out var end) ? end.Address : null;

    private static IPAddress Prefix(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(PrefixBytes).Clear();
        return new IPAddress(bytes);
    }
}
