using System.Net;
using System.Net.Sockets;

namespace MoneroCloud.Core;

/// <summary>Reads the addresses that the monitor listens at.</summary>
internal static class ListenAddress
{
    /// <param name="section">Null where it is missing.</param>
    /// <param name="exposed">What it means to listen elsewhere than on loopback, for the warning; null: that is refused.</param>
    /// <returns>Null when it is missing or wrong, which is reported.</returns>
    public static IPEndPoint? Read(ConfigSection? section, Setting setting, string? exposed)
    {
        if (section?.Text(setting) is not { } text)
        {
            return null;
        }

        // 010.0.0.1 would be read as octal.
        var isAddress = IPEndPoint.TryParse(text, out var address) && (address.AddressFamily != AddressFamily.InterNetwork || address.ToString() == text);
        if (!isAddress || address is null)
        {
            section.Refuse(setting, "is not an IP address and a port from 1 to 65535");
            return null;
        }

        if (!IPAddress.IsLoopback(address.Address) && exposed is null)
        {
            section.Refuse(setting, "is not a loopback address: whoever may read it from elsewhere is let in by a proxy or a tunnel on this host");
            return null;
        }

        if (!IPAddress.IsLoopback(address.Address))
        {
            section.Warn(setting, $"{address} is not a loopback address, and {exposed}: put a TLS proxy or a private network before it");
        }

        return address;
    }

    /// <summary>Only one of the two could listen.</summary>
    public static bool Collide(IPEndPoint one, IPEndPoint other) =>
        one.Port == other.Port && (one.Address.Equals(other.Address) || IsEvery(one.Address) || IsEvery(other.Address));

    private static bool IsEvery(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
