using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace MoneroCloud.Tests;

/// <summary>Writes messages with any header, signed with a true key: what an attacker, or a careless agent, could send.</summary>
internal sealed class ForgedJws(ECDsa key)
{
    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public byte[] Signed(string header, string payload = "{}") => SignedAsIs($"{Encode(header)}.{Encode(payload)}");

    public byte[] SignedAsIs(string encoded, DSASignatureFormat format = DSASignatureFormat.IeeeP1363FixedFieldConcatenation) =>
        WithSignature(encoded, key.SignData(Encoding.ASCII.GetBytes(encoded), HashAlgorithmName.SHA256, format));

    public static byte[] WithSignature(string encoded, byte[] signature) =>
        Encoding.ASCII.GetBytes($"{encoded}.{Base64Url.EncodeToString(signature)}");

    /// <summary>ECDSA has two signatures for each message: s, and the order of the curve less s.</summary>
    public static byte[] Mirrored(byte[] message)
    {
        var parts = Encoding.ASCII.GetString(message).Split('.');
        var signature = Base64Url.DecodeFromChars(parts[2]);
        var n = BigInteger.Parse("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var s = n - new BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true);
        var bytes = s.ToByteArray(isUnsigned: true, isBigEndian: true);
        return WithSignature($"{parts[0]}.{parts[1]}", [.. signature[..32], .. new byte[32 - bytes.Length], .. bytes]);
    }
}
