using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace MoneroCloud.Agent;

/// <summary><c>struct inet_diag_msg</c> with its attributes, and the netlink framing around it (linux/inet_diag.h).</summary>
internal readonly ref struct DiagMessage(ReadOnlySpan<byte> body)
{
    internal const byte IPv4 = 2;
    internal const byte IPv6 = 10;

    /// <summary>The state of a connection whose first packet nobody has answered.</summary>
    internal const byte SynSent = 2;

    private const int HeaderSize = 16;
    private const int RequestSize = HeaderSize + 56;
    private const int BodySize = 72;
    private const byte Tcp = 6;

    private const ushort Error = 2;
    private const ushort Done = 3;
    private const ushort ByFamily = 20;
    private const ushort RequestDump = 0x301;
    private const ushort Interrupted = 0x10;


    private const ushort InfoAttribute = 2;
    private const ushort IPv6OnlyAttribute = 11;
    private const byte WantInfo = 1 << (InfoAttribute - 1);

    // tcpi_last_data_sent and tcpi_last_data_recv, milliseconds.
    private const int LastSentAt = 44;
    private const int LastReceivedAt = 52;

    // tcpi_total_retrans.
    private const int RepeatsAt = 100;

    // tcpi_bytes_acked and tcpi_bytes_received.
    private const int AcknowledgedAt = 120;
    private const int ReceivedAt = 128;

    private readonly ReadOnlySpan<byte> _body = body;

    internal delegate T Reader<T>(in DiagMessage message);

    /// <returns>The request's length.</returns>
    internal static int WriteRequest(Span<byte> buffer, uint sequence, byte family, uint states, int localPort, int remotePort, bool withInfo)
    {
        var request = buffer[..RequestSize];
        request.Clear();
        Write(request, 0, (uint)RequestSize);
        MemoryMarshal.Write(request[4..], ByFamily);
        MemoryMarshal.Write(request[6..], RequestDump);
        Write(request, 8, sequence);
        request[HeaderSize] = family;
        request[HeaderSize + 1] = Tcp;
        request[HeaderSize + 2] = withInfo ? WantInfo : (byte)0;
        Write(request, HeaderSize + 4, states);
        BinaryPrimitives.WriteUInt16BigEndian(request[(HeaderSize + 8)..], (ushort)localPort);
        BinaryPrimitives.WriteUInt16BigEndian(request[(HeaderSize + 10)..], (ushort)remotePort);
        return RequestSize;
    }

    /// <summary>Reads what one receive brought. True at the end of the dump.</summary>
    /// <exception cref="Win32Exception">The kernel answered with an error.</exception>
    internal static bool ReadAll<T>(ReadOnlySpan<byte> data, uint sequence, List<T> into, Reader<T> read, ref bool interrupted)
    {
        while (data.Length >= HeaderSize)
        {
            var length = (int)ReadUInt(data, 0);
            if (length < HeaderSize || length > data.Length)
            {
                break;
            }

            var type = MemoryMarshal.Read<ushort>(data[4..]);
            if (ReadUInt(data, 8) == sequence)
            {
                interrupted |= (MemoryMarshal.Read<ushort>(data[6..]) & Interrupted) != 0;
                if (type == Done)
                {
                    return true;
                }

                ReadOne(type, data[HeaderSize..length], into, read);
            }

            data = data[Math.Min(data.Length, (length + 3) & ~3)..];
        }

        return false;
    }

    internal Listener ToListener() =>
        new(Source, SourcePort, ReadUInt(_body, 68), (int)ReadUInt(_body, 56), ReadUInt(_body, 64), IsIPv6Only);

    internal Connection ToConnection()
    {
        var info = Attribute(InfoAttribute);
        return new Connection(Destination, SourcePort, DestinationPort, ReadUInt(_body, 68), Ago(info, LastSentAt), Ago(info, LastReceivedAt))
        {
            Acknowledged = Bytes(info, AcknowledgedAt),
            Received = Bytes(info, ReceivedAt),
            Opening = _body[1] == SynSent,
            OpeningRepeats = info.Length >= RepeatsAt + 4 ? ReadUInt(info, RepeatsAt) : 0,
        };
    }

    private static void ReadOne<T>(ushort type, ReadOnlySpan<byte> body, List<T> into, Reader<T> read)
    {
        if (type == Error)
        {
            throw new Win32Exception(body.Length >= 4 ? -MemoryMarshal.Read<int>(body) : Errno.Invalid.Number);
        }

        if (type == ByFamily && body.Length >= BodySize)
        {
            into.Add(read(new DiagMessage(body)));
        }
    }

    private bool FromIPv6 => _body[0] == IPv6;

    private int SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_body[4..]);

    private int DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_body[6..]);

    private HostAddress Source => HostAddress.FromNetwork(FromIPv6, _body.Slice(8, 16));

    private HostAddress Destination => HostAddress.FromNetwork(FromIPv6, _body.Slice(24, 16));

    private bool IsIPv6Only => Attribute(IPv6OnlyAttribute) is [not 0, ..];

    private ReadOnlySpan<byte> Attribute(ushort wanted)
    {
        var rest = _body[BodySize..];
        while (rest.Length >= 4)
        {
            var length = MemoryMarshal.Read<ushort>(rest);
            if (length < 4 || length > rest.Length)
            {
                break;
            }

            if (MemoryMarshal.Read<ushort>(rest[2..]) == wanted)
            {
                return rest[4..length];
            }

            rest = rest[Math.Min(rest.Length, (length + 3) & ~3)..];
        }

        return [];
    }

    private static TimeSpan Ago(ReadOnlySpan<byte> info, int at) =>
        info.Length >= at + 4 ? TimeSpan.FromMilliseconds(ReadUInt(info, at)) : TimeSpan.Zero;

    private static ulong Bytes(ReadOnlySpan<byte> info, int at) =>
        info.Length >= at + 8 ? MemoryMarshal.Read<ulong>(info[at..]) : 0;

    private static uint ReadUInt(ReadOnlySpan<byte> bytes, int at) => MemoryMarshal.Read<uint>(bytes[at..]);

    private static void Write(Span<byte> bytes, int at, uint value) => MemoryMarshal.Write(bytes[at..], value);
}
