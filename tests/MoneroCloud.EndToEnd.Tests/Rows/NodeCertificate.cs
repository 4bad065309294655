using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A certificate for a node on 127.0.0.1 that signs itself, as files.</summary>
internal sealed record NodeCertificate(string File, string KeyFile, string Fingerprint)
{
    /// <summary>What makes either program speak nothing but TLS with it.</summary>
    public string[] Arguments => ["--rpc-ssl", "enabled", "--rpc-ssl-private-key", KeyFile, "--rpc-ssl-certificate", File];

    public static NodeCertificate Make(string folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var made = new NodeCertificate(Path.Combine(folder, "node.crt"), Path.Combine(folder, "node.key"), certificate.GetCertHashString(HashAlgorithmName.SHA256));
        System.IO.File.WriteAllText(made.KeyFile, key.ExportPkcs8PrivateKeyPem());
        System.IO.File.WriteAllText(made.File, certificate.ExportCertificatePem());
        return made;
    }
}
