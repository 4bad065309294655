using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace MoneroCloud.Agent;

/// <summary>An IPv4 or IPv6 address without an allocation; an IPv4 address mapped into IPv6 is IPv4.</summary>
internal readonly record struct HostAddress(bool IsIPv6, UInt128 Bits)
{
    private const ulong MappedPrefix = 0xFFFF_0000_0000;

    internal bool IsAny => Bits == 0;

    internal static HostAddress LoopbackIPv4 { get; } = new(false, 0x7F00_0001);

    internal static HostAddress LoopbackIPv6 { get; } = new(true, 1);

    internal static HostAddress Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return FromNetwork(address.AddressFamily == AddressFamily.InterNetworkV6, bytes);
    }

    /// <param name="bytes">In network order: 16 for IPv6; of IPv4 the first 4 count.</param>
    internal static HostAddress FromNetwork(bool isIPv6, ReadOnlySpan<byte> bytes)
    {
        if (!isIPv6)
        {
            return new HostAddress(false, BinaryPrimitives.ReadUInt32BigEndian(bytes));
        }

        var bits = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return bits >> 32 == MappedPrefix >> 32 ? new HostAddress(false, bits & 0xFFFF_FFFF) : new HostAddress(true, bits);
    }
}
