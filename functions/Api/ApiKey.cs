using System.Security.Cryptography;
using System.Text;

namespace MoneroCloud.Functions;

/// <summary>A key of the HTTP API. Only what is derived from it is kept; no text of this type shows it.</summary>
internal sealed class ApiKey
{
    private const int FingerprintDigits = 8;

    private readonly byte[] _hash;

    public ApiKey(ApiRole role, string secret)
    {
        Role = role;
        _hash = SHA256.HashData(Encoding.UTF8.GetBytes(secret));
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(_hash))[..FingerprintDigits];
        SessionSecret = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "monerocloud dashboard session"u8);
    }

    public ApiRole Role { get; }

    /// <summary>Which of several keys it is, in records of what was done: 32 bits, from which nobody finds a key of 256.</summary>
    public string Fingerprint { get; }

    /// <summary>What the dashboard's cookies are signed with: another key, other cookies.</summary>
    public byte[] SessionSecret { get; }

    /// <summary>In constant time.</summary>
    /// <param name="hash">SHA-256 of what was presented.</param>
    public bool Is(ReadOnlySpan<byte> hash) => CryptographicOperations.FixedTimeEquals(_hash, hash);
}
