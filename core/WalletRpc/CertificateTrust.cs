using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MoneroCloud.Core;

/// <summary>How a node's certificate is judged: nodes mostly sign their own, so an operator names the one that is right.</summary>
internal static class CertificateTrust
{
    public static SslClientAuthenticationOptions OptionsFor(TlsTrust trust) => trust switch
    {
        TlsTrust.Fingerprint pinned => new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                certificate is not null && certificate.GetCertHashString(HashAlgorithmName.SHA256) == pinned.Sha256,
        },
        TlsTrust.CaFile ca => new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                certificate is not null && (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0 && IsSignedBy(ca.Path, certificate),
        },
        _ => new SslClientAuthenticationOptions(),
    };

    /// <summary>A file that cannot be read vouches for nothing; the handshake fails and the check says so.</summary>
    private static bool IsSignedBy(string file, X509Certificate certificate)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(file);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var leaf = new X509Certificate2(certificate);
        return chain.Build(leaf);
    }
}
