using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MoneroCloud.Functions;

/// <summary>
/// The dashboard's cookie: when it ends, random digits, and a signature by a secret that is derived from the key that was given. It is good
/// for reading the page and for nothing else; when the key is replaced it ends.
/// </summary>
internal sealed class SessionCookie(ApiKeys keys, TimeProvider time)
{
    public const string Name = "monerocloud_session";

    public static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private const int LongestValue = 200;

    public string Make(ApiKey key)
    {
        var text = $"{(time.GetUtcNow() + Life).ToUnixTimeSeconds()}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";
        return $"{text}.{Signature(key, text)}";
    }

    public bool IsGood(string? cookie)
    {
        if (cookie is null || cookie.Length > LongestValue || cookie.Split('.') is not [var end, var random, var signature])
        {
            return false;
        }

        var signed = false;
        foreach (var key in keys.All)
        {
            signed |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Signature(key, $"{end}.{random}")), Encoding.UTF8.GetBytes(signature));
        }

        return signed && long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && time.GetUtcNow().ToUnixTimeSeconds() < seconds;
    }

    private static string Signature(ApiKey key, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key.SessionSecret, Encoding.UTF8.GetBytes(text)));
}
