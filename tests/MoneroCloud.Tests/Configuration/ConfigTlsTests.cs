using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Which certificate agent.json accepts from a node that speaks TLS.</summary>
public sealed class ConfigTlsTests
{
    private static readonly string Sha256 = string.Concat(Enumerable.Repeat("0a", 32));

    private readonly ConfigFolder _folder = new();

    [Fact]
    public void By_default_one_that_the_machines_roots_vouch_for_and_that_is_warned_of()
    {
        Assert.IsType<TlsTrust.SystemRoots>(_folder.AcceptNode(Tls("")).Trust);
        Assert.Equal(
            ["agent.json:2: nodes[0].arguments: --rpc-ssl enabled without tlsFingerprint or tlsCaFile: only a certificate is accepted that this machine's roots "
                + "vouch for and that names the address; any other is a BadAnswer"],
            _folder.Warnings(Tls("")));
        Assert.Empty(_folder.Warnings(ConfigFolder.Wallet));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    public void A_fingerprint_is_taken_with_and_without_colons(string separator)
    {
        var text = string.Join(separator, Sha256.Chunk(2).Select(c => new string(c)));

        Assert.Equal(new TlsTrust.Fingerprint(Sha256.ToUpperInvariant()), _folder.AcceptNode(Tls($", \"tlsFingerprint\": \"{text}\"")).Trust);
        Assert.Empty(_folder.Warnings(Tls($", \"tlsFingerprint\": \"{text}\"")));
    }

    [Fact]
    public void A_CA_file_is_relative_to_the_file()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=ca", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        _folder.Write("secrets/ca.pem", certificate.ExportCertificatePem());

        Assert.Equal(new TlsTrust.CaFile(_folder.At("secrets/ca.pem")), _folder.AcceptNode(Tls(", \"tlsCaFile\": \"secrets/ca.pem\"")).Trust);
    }

    [Fact]
    public void A_change_of_trust_does_not_touch_the_process()
    {
        var before = _folder.AcceptNode(Tls(""));
        var after = _folder.AcceptNode(Tls($", \"tlsFingerprint\": \"{Sha256}\""));

        Assert.True(before.RunsTheSameAs(after));
        Assert.NotEqual(before.Trust, after.Trust);
    }

    [Theory]
    [InlineData("\"tlsFingerprint\": \"0a0b\"", "tlsFingerprint: \"0a0b\" is not the SHA-256 fingerprint of a certificate: 64 hexadecimal digits, with or without ':'")]
    [InlineData("\"tlsCaFile\": \"none.pem\"", "tlsCaFile: none.pem does not exist, or cannot be reached")]
    [InlineData("\"tlsCaFile\": \"secrets/login\"", "tlsCaFile: secrets/login holds no certificate in PEM form")]
    public void What_names_no_certificate_is_refused(string setting, string complaint) =>
        Assert.Equal([$"agent.json:2: nodes[0].{complaint}"], _folder.NodeErrors(Tls(", " + setting)));

    [Fact]
    public void Only_one_of_both_is_allowed_and_only_where_TLS_is_spoken()
    {
        var fingerprint = $"\"tlsFingerprint\": \"{Sha256}\"";

        Assert.Contains(
            "agent.json:2: nodes[0].tlsCaFile: cannot be combined with tlsFingerprint: keep one",
            _folder.NodeErrors(Tls($", {fingerprint}, \"tlsCaFile\": \"secrets/login\"")));
        Assert.Equal(
            ["agent.json:2: nodes[0].tlsFingerprint: goes with --rpc-ssl enabled among the arguments: without it the RPC is asked without TLS"],
            _folder.NodeErrors(ConfigFolder.Wallet.Replace("\"port\"", fingerprint + ", \"port\"", StringComparison.Ordinal)));
    }

    private static string Tls(string more) =>
        $$"""{ "name": "main", "kind": "walletRpc", "port": 18210, "arguments": ["--wallet-dir", "w", "--disable-rpc-login", "--rpc-ssl", "enabled"]{{more}} }""";
}
