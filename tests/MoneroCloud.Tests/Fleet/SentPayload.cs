using System.Buffers.Text;
using System.Text;

namespace MoneroCloud.Tests;

/// <summary>What a compact JWS carries, without a look at its signature.</summary>
internal static class SentPayload
{
    public static byte[] Of(ReadOnlyMemory<byte> jws) => Base64Url.DecodeFromChars(Encoding.ASCII.GetString(jws.Span).Split('.')[1]);
}
