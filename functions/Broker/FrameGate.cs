using System.Buffers.Binary;

namespace MoneroCloud.Functions;

/// <summary>Looks at each frame of one connection before the library does: its size, its shape, and how much of unfinished messages it adds.</summary>
internal sealed class FrameGate(int mostFrameBytes, int mostMessageBytes)
{
    private const byte Flow = 0x13;
    private const byte Transfer = 0x14;
    private const int MostUnfinished = 8;

    private readonly Dictionary<(ushort Channel, uint Handle), long> _unfinished = [];

    /// <summary>Up to which delivery the receiver of the frame last seen wants to be sent; null when that frame was no flow of a link.</summary>
    public uint? LastLimit { get; private set; }

    public bool IsSize(uint size) => size >= 8 && size <= mostFrameBytes;

    /// <summary>Whether the library may have it.</summary>
    public bool Admits(ReadOnlySpan<byte> frame)
    {
        LastLimit = null;
        var bodyAt = frame[4] * 4;
        if (bodyAt < 8 || bodyAt > frame.Length || frame[5] != 0)
        {
            return false;
        }

        var body = frame[bodyAt..];
        if (body.Length == 0)
        {
            return true;
        }

        var length = AmqpShape.LengthOf(body);
        return length > 0 && AmqpFields.TryRead(body[..length], out var fields) &&
            Admits(fields, BinaryPrimitives.ReadUInt16BigEndian(frame[6..]), body.Length - length);
    }

    private bool Admits(AmqpFields fields, ushort channel, int payload)
    {
        if (fields.Descriptor == Flow && fields.UInt(4) is not null)
        {
            LastLimit = unchecked((fields.UInt(5) ?? 0) + (fields.UInt(6) ?? 0));
        }

        if (fields.Descriptor != Transfer)
        {
            return payload == 0;
        }

        var link = (channel, fields.UInt(0) ?? 0);
        var bytes = _unfinished.GetValueOrDefault(link) + payload;
        _unfinished.Remove(link);
        if (fields.Bool(5) && !fields.Bool(9))
        {
            _unfinished.Add(link, bytes);
        }

        return bytes <= mostMessageBytes + mostFrameBytes && _unfinished.Count <= MostUnfinished;
    }
}
