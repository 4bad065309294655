using System.Security.Cryptography;
using CsCheck;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class SigningKeyTests
{
    [Fact]
    public void A_key_comes_back_from_its_pem()
    {
        using var key = SigningKey.Create();
        Assert.True(SigningKey.TryImportPem(key.ExportPem(), out var again, out _));
        using (again)
        {
            Assert.Equal(key.PublicKey, again.PublicKey);
            Assert.Equal(key.ExportPem(), again.ExportPem());
        }
    }

    [Fact]
    public void A_key_that_openssl_wrote_is_read()
    {
        Assert.True(SigningKey.TryImportPem($"\n{PublishedKey.Pem}\r\n", out var key, out _));
        using (key)
        {
            Assert.Equal(PublishedKey.Thumbprint, key.PublicKey.Thumbprint);
            Assert.Equal(PublishedKey.Jwk, key.PublicKey.ToJwk());
        }
    }

    [Fact]
    public void A_key_whose_line_ends_became_spaces_on_the_way_through_a_variable_is_read()
    {
        Assert.True(SigningKey.TryImportPem(PublishedKey.Pem.ReplaceLineEndings(" "), out var key, out var error), error);
        key.Dispose();
    }

    [Theory]
    [InlineData(null, "It is empty")]
    [InlineData(" \n", "It is empty")]
    [InlineData("secret", "No PEM block")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n!!!!\n-----END PRIVATE KEY-----", "No PEM block")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "could not be read")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----", "could not be read")]
    public void What_is_no_key_is_refused_with_what_is_expected(string? pem, string why) => AssertRefused(pem, why);

    [Fact]
    public void A_key_of_another_kind_curve_or_form_is_refused()
    {
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        AssertRefused(p384.ExportPkcs8PrivateKeyPem(), "another curve");
        AssertRefused(rsa.ExportPkcs8PrivateKeyPem(), "could not be read");
        AssertRefused(p256.ExportECPrivateKeyPem(), "another kind");
        AssertRefused(p256.ExportSubjectPublicKeyInfoPem(), "another kind");
        AssertRefused(p256.ExportEncryptedPkcs8PrivateKeyPem("x", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1)), "another kind");
        AssertRefused(p256.ExportPkcs8PrivateKeyPem() + "\n" + p256.ExportPkcs8PrivateKeyPem(), "more beside");
        AssertRefused("a" + p256.ExportPkcs8PrivateKeyPem(), "");
        AssertRefused(PemEncoding.WriteString("PRIVATE KEY", [.. p256.ExportPkcs8PrivateKey(), 0]), "bytes after the key");
        AssertRefused(p256.ExportPkcs8PrivateKeyPem() + new string(' ', 4096), "at most 4096");
    }

    [Fact]
    public void A_private_half_with_the_public_half_of_another_key_is_refused()
    {
        using var one = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var mixed = one.ExportPkcs8PrivateKey();
        var point = other.ExportParameters(false).Q;
        // The public point is the last thing in it.
        point.X!.CopyTo(mixed, mixed.Length - 64);
        point.Y!.CopyTo(mixed, mixed.Length - 32);
        AssertRefused(PemEncoding.WriteString("PRIVATE KEY", mixed), "");
    }

    [Fact]
    public void No_damage_to_a_pem_makes_it_throw_or_shows_it() =>
        Gen.Select(Gen.Int[0, PublishedKey.Pem.Length - 1], Gen.Char.AlphaNumeric).Sample(
            (at, letter) =>
            {
                var damaged = PublishedKey.Pem[..at] + letter + PublishedKey.Pem[(at + 1)..];
                var read = SigningKey.TryImportPem(damaged, out var key, out var error);
                key?.Dispose();
                return read || ShowsNothing(error!);
            },
            time: 2);

    [Fact]
    public void No_damage_to_the_pkcs8_makes_it_throw_or_shows_it()
    {
        var whole = Convert.FromBase64String(string.Concat(PublishedKey.Pem.ReplaceLineEndings("\n").Split('\n')[1..^1]));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Sample(
            (at, value) =>
            {
                var damaged = whole.ToArray();
                damaged[at] = value;
                var read = SigningKey.TryImportPem(PemEncoding.WriteString("PRIVATE KEY", damaged), out var key, out var error);
                key?.Dispose();
                // The platform overlooks a wrong version, and nothing that would make another key of it.
                return read ? key!.PublicKey.Thumbprint == PublishedKey.Thumbprint : ShowsNothing(error!);
            },
            time: 2);
    }

    [Fact]
    public void No_text_of_the_key_shows_its_private_half()
    {
        Assert.True(SigningKey.TryImportPem(PublishedKey.Pem, out var key, out _));
        var before = key.ToString();
        key.Dispose();

        Assert.True(ShowsNothing(before));
        Assert.True(ShowsNothing(key.ToString()));
        Assert.True(ShowsNothing($"{key} {key.PublicKey}"));
        Assert.True(ShowsNothing(Assert.Throws<ObjectDisposedException>(() => Jws.Sign(key, JwsType.Ack, "a"u8)).ToString()));
        Assert.True(ShowsNothing(Assert.Throws<ObjectDisposedException>(key.ExportPem).ToString()));
        key.Dispose();
    }

    [Fact]
    public void Showing_a_private_half_would_be_noticed()
    {
        Assert.False(ShowsNothing(PublishedKey.Pem));
        Assert.False(ShowsNothing("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"));
    }

    [Fact]
    public void Eight_threads_may_sign_with_one_key()
    {
        using var key = SigningKey.Create();
        var results = new JwsResult[200];
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            results[i] = Jws.Verify(Jws.Sign(key, JwsType.Ack, [(byte)i]), JwsType.Ack, [key.PublicKey]));

        Assert.All(results, (result, i) => Assert.Equal([(byte)i], Assert.IsType<JwsResult.Valid>(result).Payload.ToArray()));
    }

    // 8 characters of the private number in any of the ways it is written.
    private static bool ShowsNothing(string text) =>
        !new[] { "jpsQnnGQ", "jpsQnnGQmL+Y", "H1136cspYG6", "8E9B109E", "8e9b109e" }.Any(part => text.Contains(part, StringComparison.Ordinal));

    private static void AssertRefused(string? pem, string why)
    {
        Assert.False(SigningKey.TryImportPem(pem, out var key, out var error));
        Assert.Null(key);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Contains("PKCS#8", error, StringComparison.Ordinal);
    }
}
