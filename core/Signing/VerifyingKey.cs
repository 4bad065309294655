using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace MoneroCloud.Core;

/// <summary>
/// The public half of a <see cref="SigningKey"/>: a point of P-256. A value, free to be shared between threads; two are equal when they are
/// the same key. Its written form is a JWK of the four members <c>kty, crv, x, y</c> and no other.
/// </summary>
public sealed record VerifyingKey
{
    /// <summary>Characters of a <see cref="Thumbprint"/>: base64url of SHA-256.</summary>
    public const int ThumbprintLength = 43;

    private const int CoordinateBytes = 32;

    private const int MaxJwkLength = 1024;

    private static readonly string[] Members = ["kty", "crv", "x", "y"];

    private readonly string _x;
    private readonly string _y;

    private VerifyingKey(ECPoint point)
    {
        _x = Base64Url.EncodeToString(point.X);
        _y = Base64Url.EncodeToString(point.Y);
        Thumbprint = ThumbprintOf($$"""{"crv":"P-256","kty":"EC","x":"{{_x}}","y":"{{_y}}"}""");
    }

    /// <summary>RFC 7638: the key's name in every header (<c>kid</c>).</summary>
    public string Thumbprint { get; }

    /// <param name="jwk">Any text.</param>
    /// <param name="key">The key.</param>
    /// <param name="error">What is wrong, without a word of the input: somebody may have given the private half.</param>
    public static bool TryParse(string? jwk, [NotNullWhen(true)] out VerifyingKey? key, [NotNullWhen(false)] out string? error) =>
        TryParse(Encoding.UTF8.GetBytes(jwk ?? ""), out key, out error);

    /// <inheritdoc cref="TryParse(string?, out VerifyingKey?, out string?)"/>
    public static bool TryParse(ReadOnlySpan<byte> jwk, [NotNullWhen(true)] out VerifyingKey? key, [NotNullWhen(false)] out string? error)
    {
        key = null;
        if (jwk.Length > MaxJwkLength)
        {
            error = $"The public key has {jwk.Length} bytes; at most {MaxJwkLength} are read.";
            return false;
        }

        if (!FlatObject.TryRead(jwk, Members, out var values, out error))
        {
            error = $"The public key is not a JWK of kty, crv, x and y: {error}.";
            return false;
        }

        error = ReadPoint(values, out var point);
        key = error is null ? new VerifyingKey(point) : null;
        return key is not null;
    }

    /// <summary>The JWK, in one line.</summary>
    public string ToJwk() => $$"""{"kty":"EC","crv":"P-256","x":"{{_x}}","y":"{{_y}}"}""";

    /// <summary>Whether this key's owner signed <paramref name="data"/>: ECDSA with SHA-256, r and s in 32 bytes each.</summary>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Jws.SignatureBytes)
        {
            return false;
        }

        // Made for each call: an ECDsa may not be used by two threads, and this one has nothing secret that would be copied.
        using var key = ECDsa.Create(ParametersOf(new ECPoint { X = Base64Url.DecodeFromChars(_x), Y = Base64Url.DecodeFromChars(_y) }));
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public override string ToString() => Thumbprint;

    internal static VerifyingKey Of(ECDsa key) => new(key.ExportParameters(includePrivateParameters: false).Q);

    /// <param name="members">The required members in the order of RFC 7638.</param>
    internal static string ThumbprintOf(string members) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(members)));

    private static string? ReadPoint(string[] values, out ECPoint point)
    {
        point = default;
        if (values[0] != "EC" || values[1] != "P-256")
        {
            return "The public key is of another kind: expected kty EC and crv P-256.";
        }

        if (!TryCoordinate(values[2], out var x) || !TryCoordinate(values[3], out var y))
        {
            return $"x and y of the public key must each be {CoordinateBytes} bytes in base64url without padding.";
        }

        point = new ECPoint { X = x, Y = y };
        return IsOnCurve(point) ? null : "x and y of the public key are no point of P-256.";
    }

    private static bool TryCoordinate(string text, [NotNullWhen(true)] out byte[]? bytes) =>
        StrictBase64Url.TryDecode(Encoding.ASCII.GetBytes(text), out bytes) && bytes.Length == CoordinateBytes;

    private static bool IsOnCurve(ECPoint point)
    {
        try
        {
            using var key = ECDsa.Create(ParametersOf(point));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static ECParameters ParametersOf(ECPoint point) => new() { Curve = ECCurve.NamedCurves.nistP256, Q = point };
}
