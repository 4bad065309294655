using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace MoneroCloud.Core;

/// <summary>
/// Base64url as RFC 7515 writes it, in one form only: no padding, no white space, and the bits that the last letter has too many are zero.
/// <see cref="Base64Url"/> alone allows the first two.
/// </summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<byte> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>False for the empty text, too: no part of a message may be empty.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.IsEmpty || text.Length % 4 == 1 || text.ContainsAnyExcept(Letters))
        {
            return false;
        }

        // The overload that answers with a status: the Try method throws where bits are too many.
        var decoded = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.DecodeFromUtf8(text, decoded, out _, out var length) != OperationStatus.Done || length != decoded.Length)
        {
            return false;
        }

        bytes = decoded;
        return true;
    }
}
