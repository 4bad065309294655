using System.Text;
using CsCheck;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class VerifyingKeyTests
{
    private const string X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    private const string Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";

    [Fact]
    public void A_public_key_comes_back_from_its_jwk()
    {
        using var key = SigningKey.Create();

        Assert.True(VerifyingKey.TryParse(key.PublicKey.ToJwk(), out var again, out _));
        Assert.Equal(key.PublicKey, again);
        Assert.Equal(key.PublicKey.ToJwk(), again.ToJwk());
        Assert.Equal(VerifyingKey.ThumbprintLength, again.Thumbprint.Length);
    }

    [Fact]
    public void Two_keys_are_not_equal()
    {
        using var one = SigningKey.Create();
        using var other = SigningKey.Create();
        Assert.NotEqual(one.PublicKey, other.PublicKey);
    }

    [Fact]
    public void The_jwk_is_written_as_published()
    {
        Assert.True(VerifyingKey.TryParse(PublishedKey.Jwk, out var key, out _));
        Assert.Equal(PublishedKey.Jwk, key.ToJwk());
        Assert.Equal(PublishedKey.Thumbprint, key.ToString());
    }

    [Theory]
    [InlineData("RSA", "P-256", X, Y, "another kind")]
    [InlineData("OKP", "Ed25519", X, Y, "another kind")]
    [InlineData("EC", "P-384", X, Y, "another kind")]
    [InlineData("EC", "secp256k1", X, Y, "another kind")]
    [InlineData("ec", "P-256", X, Y, "another kind")]
    [InlineData("EC", "P-256", Y, X, "no point of P-256")]
    [InlineData("EC", "P-256", X, X, "no point of P-256")]
    // The point (0, sqrt b), and the same with the field's prime added to x: the same point, but another text and another thumbprint.
    [InlineData("EC", "P-256", "_____wAAAAEAAAAAAAAAAAAAAAD_______________8", "ZkhceA4vg9ckM71dhKBrtlQcKvMdrocXKL-FahdPk_Q", "no point of P-256")]
    [InlineData("EC", "P-256", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "no point of P-256")]
    [InlineData("EC", "P-256", "AA" + X, Y, "32 bytes")]
    [InlineData("EC", "P-256", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVA", Y, "32 bytes")]
    [InlineData("EC", "P-256", "", Y, "32 bytes")]
    [InlineData("EC", "P-256", X, Y + "=", "32 bytes")]
    [InlineData("EC", "P-256", X, " " + Y, "32 bytes")]
    [InlineData("EC", "P-256", X, "x/FEzRu9m36HLN/tue659LNpXW6pCyStikYjKIWI5a0", "32 bytes")]
    // The same 32 bytes with a bit too many at the end.
    [InlineData("EC", "P-256", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEV", Y, "32 bytes")]
    public void A_point_that_is_not_exactly_one_of_p_256_is_refused(string kty, string crv, string x, string y, string why) =>
        AssertRefused($$"""{"kty":"{{kty}}","crv":"{{crv}}","x":"{{x}}","y":"{{y}}"}""", why);

    [Fact]
    public void The_point_with_x_zero_is_on_the_curve() => Assert.True(VerifyingKey.TryParse(
        """{"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"ZkhceA4vg9ckM71dhKBrtlQcKvMdrocXKL-FahdPk_Q"}""",
        out _,
        out _));

    [Theory]
    [InlineData(null, "not JSON")]
    [InlineData("", "not JSON")]
    [InlineData("x", "not JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{}", "'kty' is missing")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AA"}""", "'y' is missing")]
    [InlineData("""{"kty":"EC","kty":"EC"}""", "'kty' is there twice")]
    [InlineData("""{"kty":1}""", "'kty' is not a plain text")]
    [InlineData("""{"kty":{}}""", "'kty' is not a plain text")]
    [InlineData("""{"kty":null}""", "'kty' is not a plain text")]
    [InlineData("""{"kty":"\u0045C"}""", "'kty' is not a plain text")]
    [InlineData("""{"\u006bty":"EC"}""", "not one of")]
    [InlineData("""{"kid":"1"}""", "not one of")]
    public void A_jwk_of_other_members_is_refused(string? jwk, string why) => AssertRefused(jwk, why);

    [Fact]
    public void What_follows_the_jwk_is_refused() => AssertRefused(PublishedKey.Jwk + "{}", "not JSON");

    [Fact]
    public void A_private_jwk_is_refused_without_showing_it()
    {
        const string secret = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI";
        AssertRefused(PublishedKey.Jwk.Replace("}", $",\"d\":\"{secret}\"}}", StringComparison.Ordinal), "not one of");
        Assert.False(VerifyingKey.TryParse($$"""{"d":"{{secret}}"}""", out _, out var error));
        Assert.DoesNotContain(secret, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_jwk_is_not_read() => AssertRefused(PublishedKey.Jwk + new string(' ', 1024), "at most 1024");

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var jwk = Encoding.UTF8.GetBytes(PublishedKey.Jwk);
        Gen.Byte.Array[0, 200].Sample(bytes => VerifyingKey.TryParse(bytes, out _, out _) ? throw new FormatException() : true, time: 1);
        Gen.Select(Gen.Int[0, jwk.Length - 1], Gen.Byte).Sample(
            (at, value) =>
            {
                var damaged = jwk.ToArray();
                damaged[at] = value;
                return VerifyingKey.TryParse(damaged, out var key, out _) == (damaged[at] == jwk[at]) || key?.ToJwk() == PublishedKey.Jwk;
            },
            time: 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    public void A_signature_of_another_length_verifies_nothing(int length)
    {
        using var key = SigningKey.Create();
        Assert.False(key.PublicKey.Verifies("a"u8, new byte[length]));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(0xFF, 0xFF)]
    public void A_signature_of_numbers_out_of_range_verifies_nothing(byte r, byte s)
    {
        using var key = SigningKey.Create();
        byte[] signature = [.. Enumerable.Repeat(r, 32), .. Enumerable.Repeat(s, 32)];
        Assert.False(key.PublicKey.Verifies("a"u8, signature));
    }

    private static void AssertRefused(string? jwk, string why)
    {
        Assert.False(VerifyingKey.TryParse(jwk, out var key, out var error));
        Assert.Null(key);
        Assert.Contains(why, error, StringComparison.Ordinal);
    }
}
