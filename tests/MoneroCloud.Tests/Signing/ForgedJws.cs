using System.Buffers.Text;
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
}
