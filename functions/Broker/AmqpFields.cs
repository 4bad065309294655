using System.Buffers.Binary;

namespace MoneroCloud.Functions;

/// <summary>The fields of a performative, read without decoding the rest: a described list whose shape is known to be good.</summary>
internal readonly ref struct AmqpFields
{
    private readonly ReadOnlySpan<byte> _items;

    private AmqpFields(byte descriptor, ReadOnlySpan<byte> items)
    {
        Descriptor = descriptor;
        _items = items;
    }

    public byte Descriptor { get; }

    /// <summary>False for anything but a list with a small numeric descriptor, which every performative is.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out AmqpFields fields)
    {
        fields = default;
        if (value.Length < 3 || value[0] != 0)
        {
            return false;
        }

        var (descriptor, at) = value[1] switch
        {
            0x53 => (value[2], 3),
            0x80 when value.Length > 10 && BinaryPrimitives.ReadUInt64BigEndian(value[2..]) <= byte.MaxValue => (value[9], 10),
            _ => (default, 0),
        };
        var list = at == 0 || at >= value.Length ? default : value[at..];
        if (list.Length == 0)
        {
            return false;
        }

        fields = new AmqpFields(descriptor, list[0] switch { 0x45 => default, 0xC0 => list[3..], 0xD0 => list[9..], _ => default });
        return list[0] is 0x45 or 0xC0 or 0xD0;
    }

    /// <summary>The field's encoded value; empty when it is not there.</summary>
    public ReadOnlySpan<byte> Field(int index)
    {
        var rest = _items;
        for (; rest.Length > 0; index--)
        {
            var length = AmqpShape.LengthOf(rest);
            if (length < 0)
            {
                return default;
            }

            if (index == 0)
            {
                return rest[..length];
            }

            rest = rest[length..];
        }

        return default;
    }

    /// <summary>A uint; null when it is not there.</summary>
    public uint? UInt(int index) => Field(index) switch
    {
        [0x43] => 0,
        [0x52, var small] => small,
        [0x70, .. var four] when four.Length == 4 => BinaryPrimitives.ReadUInt32BigEndian(four),
        _ => null,
    };

    public bool Bool(int index) => Field(index) is [0x41] or [0x56, 1];

    /// <summary>A binary, string or symbol; empty when it is none of them.</summary>
    public ReadOnlySpan<byte> Bytes(int index) => Field(index) switch
    {
        [0xA0 or 0xA1 or 0xA3, _, .. var rest] => rest,
        [0xB0 or 0xB1 or 0xB3, _, _, _, _, .. var rest] => rest,
        _ => default,
    };
}
