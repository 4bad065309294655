using System.Security.Cryptography;
using System.Text;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Each message here is one change away from <see cref="A_message_of_the_same_making_is_valid"/>.</summary>
public sealed class JwsRefusalTests : IDisposable
{
    private readonly ECDsa _ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ForgedJws _forge;
    private readonly VerifyingKey _key;
    private readonly string _header;

    public JwsRefusalTests()
    {
        _forge = new ForgedJws(_ecdsa);
        _key = VerifyingKey.Of(_ecdsa);
        _header = $$"""{"alg":"ES256","kid":"{{_key.Thumbprint}}","typ":"mc-order"}""";
    }

    public void Dispose() => _ecdsa.Dispose();

    [Fact]
    public void A_message_of_the_same_making_is_valid()
    {
        Assert.IsType<JwsResult.Valid>(Jws.Verify(_forge.Signed(_header), JwsType.Order, [_key]));
        Assert.IsType<JwsResult.Valid>(Jws.Verify(_forge.Signed(
            $$"""{ "typ":"mc-order", "kid":"{{_key.Thumbprint}}", "alg":"ES256" }"""), JwsType.Order, [_key]));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("ES384")]
    [InlineData("ES256K")]
    [InlineData("es256")]
    [InlineData("RS256")]
    [InlineData("ES256 ")]
    [InlineData("")]
    public void Any_other_algorithm_is_refused(string name) =>
        AssertRefused(JwsRefusal.WrongAlgorithm, _forge.Signed(Header("ES256", name)), "another algorithm");

    [Fact]
    public void Alg_none_is_refused_with_and_without_a_signature()
    {
        var encoded = $"{ForgedJws.Encode(Header("ES256", "none"))}.e30";
        AssertRefused(JwsRefusal.Malformed, Encoding.ASCII.GetBytes(encoded + "."));
        AssertRefused(JwsRefusal.Malformed, Encoding.ASCII.GetBytes(encoded));
        AssertRefused(JwsRefusal.WrongAlgorithm, Encoding.ASCII.GetBytes(encoded + ".AA"));
    }

    [Fact]
    public void The_public_key_is_no_secret_for_hs256()
    {
        var encoded = $"{ForgedJws.Encode(Header("ES256", "HS256"))}.e30";
        byte[][] secrets = [_ecdsa.ExportSubjectPublicKeyInfo(), Encoding.UTF8.GetBytes(_key.ToJwk()), Encoding.UTF8.GetBytes(_ecdsa.ExportSubjectPublicKeyInfoPem())];
        Assert.All(secrets, secret => AssertRefused(
            JwsRefusal.WrongAlgorithm,
            ForgedJws.WithSignature(encoded, HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(encoded)))));
    }

    [Theory]
    [InlineData("mc-report", "is mc-report; mc-order was expected")]
    [InlineData("mc-ack", "is mc-ack; mc-order was expected")]
    [InlineData("mc-enrol", "is mc-enrol; mc-order was expected")]
    [InlineData("MC-ORDER", "unknown type")]
    [InlineData("application/mc-order", "unknown type")]
    [InlineData("JWT", "unknown type")]
    [InlineData("", "unknown type")]
    public void A_message_of_another_type_is_refused(string type, string why) =>
        AssertRefused(JwsRefusal.WrongType, _forge.Signed(Header("mc-order", type)), why);

    [Fact]
    public void A_message_with_the_name_of_another_key_is_refused()
    {
        using var other = SigningKey.Create();
        var swapped = _forge.Signed(Header(_key.Thumbprint, other.PublicKey.Thumbprint));
        AssertRefused(JwsRefusal.UnknownKey, swapped, other.PublicKey.Thumbprint);
        var both = Assert.IsType<JwsResult.Refused>(Jws.Verify(swapped, JwsType.Order, [_key, other.PublicKey]));
        Assert.Equal(JwsRefusal.BadSignature, both.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("../../etc/passwd")]
    [InlineData("oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-V")]
    public void A_kid_that_is_no_thumbprint_is_refused_and_not_repeated(string kid)
    {
        var refused = AssertRefused(JwsRefusal.Malformed, _forge.Signed(Header(_key.Thumbprint, kid)), "not a thumbprint");
        Assert.True(kid.Length < 2 || !refused.Reason.Contains(kid, StringComparison.Ordinal));
    }

    [Fact]
    public void A_signature_in_der_or_of_another_length_is_refused()
    {
        var encoded = $"{ForgedJws.Encode(_header)}.e30";
        AssertRefused(JwsRefusal.BadSignature, _forge.SignedAsIs(encoded, DSASignatureFormat.Rfc3279DerSequence), "r and s together have 64");
        AssertRefused(JwsRefusal.BadSignature, ForgedJws.WithSignature(encoded, new byte[64]));
        AssertRefused(JwsRefusal.BadSignature, ForgedJws.WithSignature(encoded, new byte[63]));
        AssertRefused(JwsRefusal.BadSignature, ForgedJws.WithSignature(encoded, new byte[65]));
        AssertRefused(JwsRefusal.BadSignature, ForgedJws.WithSignature(encoded, Enumerable.Repeat((byte)0xFF, 64).ToArray()));
    }

    [Theory]
    [InlineData("\"crit\":[\"exp\"],\"exp\":1,", "not one of alg, kid, typ")]
    [InlineData("\"crit\":[\"b64\"],\"b64\":false,", "not one of alg, kid, typ")]
    [InlineData("\"crit\":[],", "not one of alg, kid, typ")]
    [InlineData("\"b64\":false,", "not one of alg, kid, typ")]
    [InlineData("\"jwk\":{},", "not one of alg, kid, typ")]
    [InlineData("\"jku\":\"https://example.org\",", "not one of alg, kid, typ")]
    [InlineData("\"x5u\":\"https://example.org\",", "not one of alg, kid, typ")]
    [InlineData("\"zip\":\"DEF\",", "not one of alg, kid, typ")]
    [InlineData("\"\":\"\",", "not one of alg, kid, typ")]
    [InlineData("\"Alg\":\"none\",", "not one of alg, kid, typ")]
    [InlineData("\"\\u0061lg\":\"none\",", "not one of alg, kid, typ")]
    [InlineData("\"alg\":\"none\",", "'alg' is there twice")]
    [InlineData("\"alg\":\"ES256\",", "'alg' is there twice")]
    [InlineData("\"typ\":\"mc-order\",", "'typ' is there twice")]
    [InlineData("\"kid\":\"1\",", "'kid' is there twice")]
    public void A_header_with_a_member_more_is_refused(string member, string why) =>
        AssertRefused(JwsRefusal.Malformed, _forge.Signed("{" + member + _header[1..]), why);

    [Theory]
    [InlineData("\"alg\":\"ES256\",", "", "'alg' is missing")]
    [InlineData(",\"typ\":\"mc-order\"", "", "'typ' is missing")]
    [InlineData("\"ES256\"", "256", "'alg' is not a plain text")]
    [InlineData("\"ES256\"", "[\"ES256\"]", "'alg' is not a plain text")]
    [InlineData("\"ES256\"", "null", "'alg' is not a plain text")]
    [InlineData("ES256", "\\u0045S256", "'alg' is not a plain text")]
    [InlineData("ES256", "ES256\\ud800", "'alg' is not a plain text")]
    [InlineData("ES256", "ES256\u00e9", "'alg' is not a plain text")]
    [InlineData("}", "}{}", "not JSON")]
    [InlineData("}", ",}", "not JSON")]
    [InlineData("{", "/**/{", "not JSON")]
    [InlineData("{", "\ufeff{", "not JSON")]
    [InlineData("}", "", "not JSON")]
    public void A_header_of_another_form_is_refused(string part, string instead, string why) =>
        AssertRefused(JwsRefusal.Malformed, _forge.Signed(Header(part, instead)), why);

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"ES256\"")]
    [InlineData("x")]
    [InlineData(" ")]
    public void A_header_that_is_no_object_is_refused(string header) => AssertRefused(JwsRefusal.Malformed, _forge.Signed(header));

    [Fact]
    public void Only_three_parts_of_strict_base64url_are_taken()
    {
        var encoded = ForgedJws.Encode(_header);
        // The true signature over the parts as they stand: only their form is wrong.
        Assert.All(
            ["e31", "e3", "e30=", "e30 ", " e30", "e3\n0", "e+30", "e/30", "e30.e30", "e", "%7B%7D", "e30e3"],
            payload => AssertRefused(JwsRefusal.Malformed, _forge.SignedAsIs($"{encoded}.{payload}")));
        Assert.All(
            ["", ".", "..", "...", "a.b.c", "e30", "e30.e30", ".e30.e30", $"{encoded}..e30", $"{encoded}.e30", $".{encoded}.e30.e30", $"{encoded}.e30.e30.e30.e30"],
            text => AssertRefused(JwsRefusal.Malformed, Encoding.ASCII.GetBytes(text)));
    }

    [Fact]
    public void A_message_with_anything_after_or_before_it_is_refused()
    {
        var good = Encoding.ASCII.GetString(_forge.Signed(_header));
        Assert.All(
            [good + "=", good + "==", good + "\n", " " + good, good + ".", good + ".e30", "\ufeff" + good, good + "\0"],
            text => AssertRefused(JwsRefusal.Malformed, Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void A_message_over_the_bound_is_refused_and_one_at_the_bound_is_read()
    {
        var at = new byte[Jws.MaxLength];
        Array.Fill(at, (byte)'A');
        AssertRefused(JwsRefusal.Malformed, at);
        AssertRefused(JwsRefusal.TooLarge, [.. at, (byte)'A'], $"{Jws.MaxLength + 1} bytes; at most {Jws.MaxLength}");

        var good = _forge.SignedAsIs($"{ForgedJws.Encode(_header)}.{new string('A', Jws.MaxLength)}");
        AssertRefused(JwsRefusal.TooLarge, good);
    }

    private string Header(string part, string instead) => _header.Replace(part, instead, StringComparison.Ordinal);

    private JwsResult.Refused AssertRefused(JwsRefusal kind, byte[] compact, string why = "")
    {
        var refused = Assert.IsType<JwsResult.Refused>(Jws.Verify(compact, JwsType.Order, [_key]));
        Assert.Equal(kind, refused.Kind);
        Assert.Contains(why, refused.Reason, StringComparison.Ordinal);
        return refused;
    }
}
