using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MoneroCloud.Core;

/// <summary>
/// How a node's certificate is judged: nodes mostly sign their own, so an operator names the one that is right. A refusal is thrown with its
/// reason, for the library's own text of a callback that said no names none; it ends as <see cref="ApiAnswer.TlsFailed"/>.
/// </summary>
internal static class CertificateTrust
{
    public static SslClientAuthenticationOptions OptionsFor(TlsTrust trust) => trust switch
    {
        TlsTrust.Fingerprint pinned => new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) => Accept(Refusal(pinned, certificate)),
        },
        TlsTrust.CaFile ca => new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, errors) => Accept(Refusal(ca, certificate, errors)),
        },
        _ => new SslClientAuthenticationOptions(),
    };

    private static bool Accept(string? refusal) => refusal is null ? true : throw new AuthenticationException(refusal);

    private static string? Refusal(TlsTrust.Fingerprint pinned, X509Certificate? certificate)
    {
        if (certificate is null)
        {
            return "it shows no certificate";
        }

        var shown = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        return shown == pinned.Sha256 ? null : $"its certificate's SHA-256 fingerprint is {shown}, expected is {pinned.Sha256}";
    }

    /// <summary>A file that cannot be read vouches for nothing.</summary>
    private static string? Refusal(TlsTrust.CaFile ca, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return "it shows no certificate";
        }

        if ((errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0)
        {
            return "its certificate does not name the address at which it is asked";
        }

        try
        {
            return IsSignedBy(ca.Path, certificate) ? null : $"no certificate of {ca.Path} vouches for its certificate";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"{ca.Path} cannot be read, so it vouches for nothing";
        }
    }

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
