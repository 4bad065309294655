using System.Security.Cryptography;

namespace MoneroCloud.Core;

/// <summary>Reads a private key of P-256 from PKCS#8 in PEM. Every error says what is expected and nothing of what was given.</summary>
internal static class PrivateKeyPem
{
    public const string Expected =
        "The private key must be one PKCS#8 block in PEM (BEGIN PRIVATE KEY) on the curve P-256, as by: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256";

    private const int MaxLength = 4096;

    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>The error, or null with a key.</summary>
    public static string? Read(string? pem, out ECDsa? key)
    {
        key = null;
        if (string.IsNullOrWhiteSpace(pem))
        {
            return $"{Expected}. It is empty.";
        }

        if (pem.Length > MaxLength)
        {
            return $"{Expected}. It has {pem.Length} characters; at most {MaxLength} are read.";
        }

        if (!PemEncoding.TryFind(pem, out var fields))
        {
            return $"{Expected}. No PEM block was found.";
        }

        if (pem[fields.Label] != "PRIVATE KEY")
        {
            return $"{Expected}. It is a PEM block of another kind.";
        }

        if (pem.Length - (fields.Location.End.Value - fields.Location.Start.Value) != White(pem, fields.Location))
        {
            return $"{Expected}. There is more beside the first block.";
        }

        return FromPkcs8(Convert.FromBase64String(pem[fields.Base64Data]), out key);
    }

    private static int White(string pem, Range block) =>
        pem[..block.Start].Count(char.IsWhiteSpace) + pem[block.End..].Count(char.IsWhiteSpace);

    private static string? FromPkcs8(byte[] pkcs8, out ECDsa? key)
    {
        key = null;
        var read = ECDsa.Create();
        try
        {
            read.ImportPkcs8PrivateKey(pkcs8, out var used);
            if (used != pkcs8.Length)
            {
                return $"{Expected}. There are bytes after the key.";
            }

            if (read.ExportParameters(false).Curve is not { IsNamed: true, Oid.Value: P256 })
            {
                return $"{Expected}. It is on another curve.";
            }

            if (!IsWhole(read))
            {
                return $"{Expected}. Its private and its public half do not belong together.";
            }

            (key, read) = (read, null);
            return null;
        }
        catch (Exception wrong) when (wrong is CryptographicException or PlatformNotSupportedException)
        {
            return $"{Expected}. It could not be read as such a key.";
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
            read?.Dispose();
        }
    }

    private static bool IsWhole(ECDsa key)
    {
        var signature = key.SignData("whole"u8, HashAlgorithmName.SHA256);
        return VerifyingKey.Of(key).Verifies("whole"u8, signature);
    }
}
