using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MoneroCloud.Core;

/// <summary>The one certificate that a connection string names.</summary>
internal static class BusPin
{
    public static bool IsPinned(X509Certificate? certificate, string sha256) =>
        certificate is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(certificate.GetRawCertData()), Convert.FromHexString(sha256));
}
