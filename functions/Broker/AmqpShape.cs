using System.Buffers.Binary;

namespace MoneroCloud.Functions;

/// <summary>
/// Whether bytes are well-formed AMQP values. Looked at before the library decodes them: it follows any depth until the stack ends, and
/// reserves any count that it is told.
/// </summary>
internal static class AmqpShape
{
    public const int MostDepth = 32;

    /// <summary>The length of the value that begins there, or -1 when none does.</summary>
    public static int LengthOf(ReadOnlySpan<byte> data) => LengthOf(data, 0);

    /// <summary>Whether the bytes are values from end to end.</summary>
    public static bool IsSequence(ReadOnlySpan<byte> data)
    {
        while (data.Length > 0)
        {
            var length = LengthOf(data);
            if (length < 0)
            {
                return false;
            }

            data = data[length..];
        }

        return true;
    }

    private static int LengthOf(ReadOnlySpan<byte> data, int depth)
    {
        if (data.Length == 0 || depth > MostDepth)
        {
            return -1;
        }

        if (data[0] != 0)
        {
            var length = BodyLength(data[0], data[1..], depth);
            return length < 0 ? -1 : length + 1;
        }

        var descriptor = LengthOf(data[1..], depth + 1);
        var value = descriptor < 0 ? -1 : LengthOf(data[(1 + descriptor)..], depth + 1);
        return value < 0 ? -1 : 1 + descriptor + value;
    }

    // What follows a format code.
    private static int BodyLength(byte code, ReadOnlySpan<byte> data, int depth)
    {
        var length = (code >> 4) switch
        {
            0x4 => 0,
            0x5 => 1,
            0x6 => 2,
            0x7 => 4,
            0x8 => 8,
            0x9 => 16,
            0xA or 0xC or 0xE => data.Length < 1 ? -1 : 1L + data[0],
            0xB or 0xD or 0xF => data.Length < 4 ? -1 : 4L + BinaryPrimitives.ReadUInt32BigEndian(data),
            _ => -1L,
        };
        if (length < 0 || length > data.Length)
        {
            return -1;
        }

        var inner = data[..(int)length];
        var valid = (code >> 4) switch
        {
            0xC or 0xD => IsCompound(inner, code >> 4 == 0xC ? 1 : 4, depth),
            0xE or 0xF => IsArray(inner, code >> 4 == 0xE ? 1 : 4, depth),
            _ => true,
        };
        return valid ? (int)length : -1;
    }

    private static bool IsCompound(ReadOnlySpan<byte> data, int width, int depth)
    {
        if (!TryCount(data, width, out var count, out var items))
        {
            return false;
        }

        for (; count > 0; count--)
        {
            var length = LengthOf(items, depth + 1);
            if (length < 0)
            {
                return false;
            }

            items = items[length..];
        }

        return items.Length == 0;
    }

    private static bool IsArray(ReadOnlySpan<byte> data, int width, int depth)
    {
        // Arrays of described values are not understood by the library either.
        if (!TryCount(data, width, out var count, out var items) || items.Length == 0 || items[0] == 0)
        {
            return false;
        }

        var code = items[0];
        items = items[1..];
        for (; count > 0; count--)
        {
            var length = BodyLength(code, items, depth + 1);
            if (length < 0 || depth > MostDepth)
            {
                return false;
            }

            items = items[length..];
        }

        return items.Length == 0;
    }

    private static bool TryCount(ReadOnlySpan<byte> data, int width, out uint count, out ReadOnlySpan<byte> items)
    {
        count = 0;
        items = default;
        if (data.Length < 2 * width)
        {
            return false;
        }

        count = width == 1 ? data[1] : BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        items = data[(2 * width)..];
        // Elements of no width (null, true, an empty list) are not worth a count that reserves gigabytes.
        return count <= items.Length;
    }
}
