using System.Buffers.Text;
using System.Text;
using CsCheck;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class JwsDamageTests : IDisposable
{
    private readonly SigningKey _key = SigningKey.Create();
    private readonly byte[] _signed;

    // 1,296 characters, 10,368 bits.
    public JwsDamageTests() => _signed = Jws.Sign(_key, JwsType.Report, Encoding.ASCII.GetBytes(new string('a', 820)));

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Each_of_ten_thousand_bit_flips_is_refused()
    {
        Assert.IsType<JwsResult.Valid>(Verified(_signed));

        var refusals = Flips().Select(flipped => Assert.IsType<JwsResult.Refused>(Verified(flipped)).Kind).ToArray();

        Assert.InRange(refusals.Length, 10_000, 12_000);
        // Those that only the signature gives away. Without its check they were accepted: the next test shows it.
        Assert.InRange(refusals.Count(kind => kind == JwsRefusal.BadSignature), 4_000, refusals.Length);
    }

    [Fact]
    public void What_only_the_signature_gives_away_is_valid_once_it_is_signed_anew()
    {
        var flipped = Flips()
            .Where(text => Count(text, '.') == 2 && LastDot(text) == LastDot(_signed))
            .Where((_, number) => number % 20 == 0)
            .Where(text => Verified(text) is JwsResult.Refused { Kind: JwsRefusal.BadSignature })
            .Where(text => !text.AsSpan(0, LastDot(text)).SequenceEqual(_signed.AsSpan(0, LastDot(_signed))))
            .ToArray();

        Assert.InRange(flipped.Length, 100, 1_000);
        Assert.All(flipped, text => Assert.IsType<JwsResult.Valid>(Verified(SignedAnew(text))));
    }

    [Fact]
    public void A_message_cut_anywhere_is_refused() =>
        Assert.All(Enumerable.Range(0, _signed.Length), length => Assert.IsType<JwsResult.Refused>(Verified(_signed[..length])));

    [Fact]
    public void The_signature_of_another_message_is_refused()
    {
        var other = Jws.Sign(_key, JwsType.Report, "{}"u8);
        byte[] mixed = [.. _signed[..LastDot(_signed)], .. other[LastDot(other)..]];
        Assert.Equal(JwsRefusal.BadSignature, Assert.IsType<JwsResult.Refused>(Verified(mixed)).Kind);
    }

    [Fact]
    public void No_bytes_make_it_throw() =>
        Gen.Byte.Array[0, 400].Sample(bytes => Verified(bytes) is JwsResult.Refused, time: 1);

    [Fact]
    public void No_header_makes_it_throw()
    {
        var header = $$"""{"alg":"ES256","kid":"{{_key.PublicKey.Thumbprint}}","typ":"mc-report"}""";
        Gen.Select(Gen.Int[0, header.Length], Gen.Int[0, 6], Gen.Byte.Array[0, 6]).Sample(
            (at, removed, bytes) =>
            {
                var whole = Encoding.ASCII.GetBytes(header);
                byte[] damaged = [.. whole[..at], .. bytes, .. whole[Math.Min(at + removed, whole.Length)..]];
                var compact = SignedAnew(Encoding.ASCII.GetBytes($"{Base64Url.EncodeToString(damaged)}.e30.e30"));
                return Verified(compact) is JwsResult.Refused || JsonSays(damaged);
            },
            time: 2);
    }

    private bool JsonSays(byte[] header)
    {
        // Valid only when nothing but white space was added.
        var without = header.Where(letter => letter is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')).ToArray();
        return Encoding.ASCII.GetString(without) == $$"""{"alg":"ES256","kid":"{{_key.PublicKey.Thumbprint}}","typ":"mc-report"}""";
    }

    private IEnumerable<byte[]> Flips() => Enumerable.Range(0, _signed.Length * 8).Select(bit =>
    {
        var flipped = _signed.ToArray();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    });

    private byte[] SignedAnew(byte[] compact)
    {
        var signed = compact.AsSpan(0, LastDot(compact));
        Span<byte> signature = stackalloc byte[64];
        _key.Sign(signed, signature);
        return [.. signed, (byte)'.', .. Encoding.ASCII.GetBytes(Base64Url.EncodeToString(signature))];
    }

    private JwsResult Verified(byte[] compact) => Jws.Verify(compact, JwsType.Report, [_key.PublicKey]);

    private static int LastDot(byte[] text) => Array.LastIndexOf(text, (byte)'.');

    private static int Count(byte[] text, char letter) => text.Count(each => each == letter);
}
