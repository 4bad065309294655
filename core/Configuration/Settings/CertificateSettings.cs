using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MoneroCloud.Core;

/// <summary>How a configuration file names the certificate that is accepted from a node.</summary>
internal static class CertificateSettings
{
    private const int MaxCaBytes = 1024 * 1024;

    public static ValueShape.Text FingerprintShape { get; } = new(
        "the SHA-256 fingerprint of a certificate: 64 hexadecimal digits, with or without ':'",
        TextPatterns.Fingerprint);

    /// <param name="text">As <see cref="FingerprintShape"/> has it.</param>
    public static TlsTrust.Fingerprint Fingerprint(string text) => new(text.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant());

    /// <param name="path">Absolute.</param>
    /// <param name="problem">What is wrong, to stand after the file's name; null when the trust is returned.</param>
    public static TlsTrust.CaFile? CaFile(string path, out string? problem)
    {
        var content = SmallFile.Read(path, MaxCaBytes, out problem);
        problem ??= HasCertificate(content!) ? null : "holds no certificate in PEM form";
        return problem is null ? new TlsTrust.CaFile(path) : null;
    }

    private static bool HasCertificate(byte[] content)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Encoding.UTF8.GetString(content));
            return certificates.Count > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            foreach (var certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }
}
