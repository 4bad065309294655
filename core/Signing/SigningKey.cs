using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MoneroCloud.Core;

/// <summary>
/// A private key: P-256, written as PKCS#8 in PEM. Only <see cref="ExportPem"/> gives it away; no text or message of this type shows it. Its
/// owner disposes of it; signing is free to be called from several threads.
/// </summary>
public sealed class SigningKey : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        PublicKey = VerifyingKey.Of(key);
    }

    /// <summary>What others need to know this key's signatures.</summary>
    public VerifyingKey PublicKey { get; }

    /// <summary>A new key from the system's random numbers.</summary>
    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <param name="pem">Any text; a key is taken only when it is one unencrypted PKCS#8 block and nothing else.</param>
    /// <param name="key">The caller disposes of it.</param>
    /// <param name="error">What is wrong, without a word of the input.</param>
    public static bool TryImportPem(string? pem, [NotNullWhen(true)] out SigningKey? key, [NotNullWhen(false)] out string? error)
    {
        key = null;
        error = PrivateKeyPem.Read(pem, out var ecdsa);
        if (ecdsa is null)
        {
            error ??= PrivateKeyPem.Expected;
            return false;
        }

        key = new SigningKey(ecdsa);
        return true;
    }

    /// <summary>The private key itself. For its 0600 file, and for nothing else.</summary>
    public string ExportPem()
    {
        lock (_lock)
        {
            return _key.ExportPkcs8PrivateKeyPem();
        }
    }

    public override string ToString() => $"the private half of {PublicKey.Thumbprint}";

    public void Dispose()
    {
        lock (_lock)
        {
            _key.Dispose();
        }
    }

    /// <summary>ECDSA with SHA-256, r and s in 32 bytes each.</summary>
    internal void Sign(ReadOnlySpan<byte> data, Span<byte> signature)
    {
        lock (_lock)
        {
            var written = _key.SignData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            if (written != Jws.SignatureBytes)
            {
                throw new CryptographicException($"A signature of {written} bytes instead of {Jws.SignatureBytes}.");
            }
        }
    }
}
