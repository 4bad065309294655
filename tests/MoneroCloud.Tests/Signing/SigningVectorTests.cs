using System.Buffers.Text;
using System.Text;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What others published or computed: without them, one mistake in signing and in verifying would be none.</summary>
public sealed class SigningVectorTests
{
    [Fact]
    public void The_signature_of_rfc_7515_A_3_is_that_of_its_key()
    {
        var signature = Base64Url.DecodeFromChars(PublishedKey.Signature);

        Assert.True(Parsed(PublishedKey.Jwk).Verifies(Encoding.ASCII.GetBytes(PublishedKey.Signed), signature));
        Assert.False(Parsed(PublishedKey.Jwk).Verifies(Encoding.ASCII.GetBytes(PublishedKey.Signed + "A"), signature));
    }

    [Fact]
    public void The_message_of_rfc_7515_A_3_is_refused_since_it_names_no_key_and_no_type() =>
        Assert.Equal(
            JwsRefusal.Malformed,
            Assert.IsType<JwsResult.Refused>(Verified($"{PublishedKey.Signed}.{PublishedKey.Signature}")).Kind);

    [Fact]
    public void The_thumbprint_of_rfc_7638_is_reproduced() => Assert.Equal(
        "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
        VerifyingKey.ThumbprintOf(
            """{"e":"AQAB","kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"}"""));

    [Theory]
    [InlineData(PublishedKey.Jwk, PublishedKey.Thumbprint)]
    // RFC 9449, section 6.1.
    [InlineData(
        """{"kty":"EC","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA","crv":"P-256"}""",
        "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I")]
    public void The_thumbprint_of_a_point_of_p_256_is_the_one_computed_elsewhere(string jwk, string thumbprint) =>
        Assert.Equal(thumbprint, Parsed(jwk).Thumbprint);

    [Fact]
    public void A_message_another_implementation_signed_is_valid()
    {
        var valid = Assert.IsType<JwsResult.Valid>(Verified(PublishedKey.Order));

        Assert.Equal(PublishedKey.Thumbprint, valid.Kid);
        Assert.Equal("""{"verb":"restart"}""", Encoding.UTF8.GetString(valid.Payload.Span));
    }

    [Fact]
    public void What_we_sign_has_the_same_header_and_payload_as_that_message()
    {
        Assert.True(SigningKey.TryImportPem(PublishedKey.Pem, out var key, out _));
        using (key)
        {
            var ours = Encoding.ASCII.GetString(Jws.Sign(key, JwsType.Order, """{"verb":"restart"}"""u8));
            Assert.Equal(PublishedKey.Order.Split('.')[..2], ours.Split('.')[..2]);
        }
    }

    private static JwsResult Verified(string compact) =>
        Jws.Verify(Encoding.ASCII.GetBytes(compact), JwsType.Order, [Parsed(PublishedKey.Jwk)]);

    private static VerifyingKey Parsed(string jwk) => VerifyingKey.TryParse(jwk, out var key, out var error) ? key : throw new FormatException(error);
}
