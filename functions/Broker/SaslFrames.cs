using System.Buffers.Binary;
using System.Text;

namespace MoneroCloud.Functions;

/// <summary>The three SASL frames of a login, AMQP 1.0 part 5.3.</summary>
internal static class SaslFrames
{
    private const byte MechanismsCode = 0x40;
    private const byte InitCode = 0x41;
    private const byte OutcomeCode = 0x44;

    public static ReadOnlySpan<byte> Header => "AMQP\u0003\u0001\0\0"u8;

    public static byte[] Mechanisms(params ReadOnlySpan<string> names)
    {
        var symbols = new List<byte>();
        foreach (var name in names)
        {
            symbols.Add((byte)name.Length);
            symbols.AddRange(Encoding.ASCII.GetBytes(name));
        }

        return Frame(MechanismsCode, [0xE0, (byte)(symbols.Count + 2), (byte)names.Length, 0xA3, .. symbols]);
    }

    public static byte[] Outcome(bool ok) => Frame(OutcomeCode, [0x50, ok ? (byte)0 : (byte)1]);

    /// <summary>The chosen mechanism and what comes with it.</summary>
    public static bool TryReadInit(ReadOnlySpan<byte> frame, out string mechanism, out byte[] response)
    {
        mechanism = "";
        response = [];
        var bodyAt = frame.Length < 8 ? 0 : frame[4] * 4;
        if (bodyAt < 8 || bodyAt > frame.Length || frame[5] != 1 || AmqpShape.LengthOf(frame[bodyAt..]) != frame.Length - bodyAt ||
            !AmqpFields.TryRead(frame[bodyAt..], out var fields) || fields.Descriptor != InitCode)
        {
            return false;
        }

        mechanism = Encoding.ASCII.GetString(fields.Bytes(0));
        response = fields.Bytes(1).ToArray();
        return true;
    }

    /// <summary>RFC 4616: <c>[identity] NUL user NUL password</c>; an identity other than the user is not offered.</summary>
    public static bool TryReadPlain(ReadOnlySpan<byte> response, out string user, out string password)
    {
        var parts = Encoding.UTF8.GetString(response).Split('\0');
        (user, password) = parts.Length == 3 ? (parts[1], parts[2]) : ("", "");
        return user.Length is > 0 and <= 256 && (parts[0].Length == 0 || parts[0] == user);
    }

    private static byte[] Frame(byte code, byte[] field)
    {
        byte[] frame = [0, 0, 0, 0, 2, 1, 0, 0, 0, 0x53, code, 0xC0, (byte)(field.Length + 1), 1, .. field];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length);
        return frame;
    }
}
