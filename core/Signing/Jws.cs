using System.Buffers.Text;
using System.Text;

namespace MoneroCloud.Core;

/// <summary>
/// Signed messages: compact JWS (RFC 7515), ES256 and nothing else, header exactly
/// <c>{"alg":"ES256","kid":"THUMBPRINT","typ":"mc-..."}</c>. A signature says who wrote it, not that it is new or meant for the reader: whoever
/// acts on a message checks its number or its id, audience and time. (ECDSA allows a second signature for the same message, so its text is no id.)
/// </summary>
public static class Jws
{
    /// <summary>The longest message, in bytes: what the bus takes.</summary>
    public const int MaxLength = 256 * 1024;

    /// <summary>The largest payload, in bytes: as base64url, with what the bus itself adds, it is within <see cref="MaxLength"/>.</summary>
    public const int MaxPayload = 190_000;

    internal const int SignatureBytes = 64;

    private const string Algorithm = "ES256";

    private static readonly string[] HeaderMembers = ["alg", "kid", "typ"];

    /// <exception cref="ArgumentException">The payload is empty or larger than <see cref="MaxPayload"/>: the caller bounds it.</exception>
    public static byte[] Sign(SigningKey key, JwsType type, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(type);
        if (payload.Length is 0 or > MaxPayload)
        {
            throw new ArgumentException($"The payload has {payload.Length} bytes; 1 to {MaxPayload} can be signed.", nameof(payload));
        }

        var header = Encoding.ASCII.GetBytes(
            $$"""{"alg":"{{Algorithm}}","kid":"{{key.PublicKey.Thumbprint}}","typ":"{{type.Name}}"}""");
        var headerLength = Base64Url.GetEncodedLength(header.Length);
        var signedLength = headerLength + 1 + Base64Url.GetEncodedLength(payload.Length);
        var compact = new byte[signedLength + 1 + Base64Url.GetEncodedLength(SignatureBytes)];
        Base64Url.EncodeToUtf8(header, compact);
        compact[headerLength] = (byte)'.';
        Base64Url.EncodeToUtf8(payload, compact.AsSpan(headerLength + 1));
        compact[signedLength] = (byte)'.';
        Span<byte> signature = stackalloc byte[SignatureBytes];
        key.Sign(compact.AsSpan(0, signedLength), signature);
        Base64Url.EncodeToUtf8(signature, compact.AsSpan(signedLength + 1));
        return compact;
    }

    /// <summary>Takes any bytes and never throws for them.</summary>
    /// <param name="compact">What arrived.</param>
    /// <param name="expected">The one type that is taken here.</param>
    /// <param name="keys">The keys that are valid for this sender now; two while one replaces the other.</param>
    public static JwsResult Verify(ReadOnlySpan<byte> compact, JwsType expected, IReadOnlyCollection<VerifyingKey> keys)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(keys);
        if (compact.Length > MaxLength)
        {
            return Refuse(JwsRefusal.TooLarge, $"The message has {compact.Length} bytes; at most {MaxLength} are read.");
        }

        if (!JwsParts.TrySplit(compact, out var parts))
        {
            return Refuse(JwsRefusal.Malformed, "The message is not three parts of base64url without padding, separated by dots.");
        }

        if (!FlatObject.TryRead(parts.Header, HeaderMembers, out var header, out var error))
        {
            return Refuse(JwsRefusal.Malformed, $"The header is not exactly alg, kid and typ: {error}.");
        }

        return RefusedByHeader(header[0], header[2], expected) ?? VerifySignature(parts, header[1], keys);
    }

    private static JwsResult.Refused? RefusedByHeader(string algorithm, string typeName, JwsType expected)
    {
        if (algorithm != Algorithm)
        {
            return Refuse(JwsRefusal.WrongAlgorithm, $"The message is signed with another algorithm than {Algorithm}.");
        }

        if (typeName == expected.Name)
        {
            return null;
        }

        var given = JwsType.TryParse(typeName, out var type) ? type.Name : "of an unknown type";
        return Refuse(JwsRefusal.WrongType, $"The message is {given}; {expected.Name} was expected.");
    }

    private static JwsResult VerifySignature(JwsParts parts, string kid, IReadOnlyCollection<VerifyingKey> keys)
    {
        if (kid.Length != VerifyingKey.ThumbprintLength || !StrictBase64Url.TryDecode(Encoding.ASCII.GetBytes(kid), out _))
        {
            return Refuse(JwsRefusal.Malformed, $"The kid is not a thumbprint of {VerifyingKey.ThumbprintLength} base64url characters.");
        }

        if (keys.FirstOrDefault(known => known.Thumbprint == kid) is not { } key)
        {
            return Refuse(JwsRefusal.UnknownKey, $"The message is signed with the key {kid}, which is none of the {keys.Count} valid here.");
        }

        if (parts.Signature.Length != SignatureBytes)
        {
            return Refuse(JwsRefusal.BadSignature, $"The signature has {parts.Signature.Length} bytes; r and s together have {SignatureBytes}.");
        }

        return key.Verifies(parts.Signed, parts.Signature)
            ? new JwsResult.Valid(parts.Payload, kid)
            : Refuse(JwsRefusal.BadSignature, $"The signature is not that of the key {kid} over this message.");
    }

    private static JwsResult.Refused Refuse(JwsRefusal kind, string reason) => new(kind, reason);
}
