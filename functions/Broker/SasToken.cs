using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MoneroCloud.Functions;

/// <summary>A Service Bus token: <c>SharedAccessSignature sr=AUDIENCE&amp;sig=SIGNATURE&amp;se=UNIX-SECONDS&amp;skn=USER</c>, each value url-encoded.</summary>
internal static class SasToken
{
    private const string Scheme = "SharedAccessSignature ";
    private const int MostCharacters = 4096;

    /// <param name="keyOf">The key of a user's name.</param>
    public static bool TryVerify(string token, Func<string, string?> keyOf, DateTimeOffset now, out string user, out string key, out DateTimeOffset until)
    {
        (user, key, until) = ("", "", default);
        if (token.Length > MostCharacters || !token.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return false;
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in token[Scheme.Length..].Split('&'))
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !fields.TryAdd(field[..equals], field[(equals + 1)..]))
            {
                return false;
            }
        }

        if (!fields.TryGetValue("sr", out var audience) || !fields.TryGetValue("sig", out var signature) || !fields.TryGetValue("se", out var end) ||
            !fields.TryGetValue("skn", out var name) || !long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ||
            seconds is < 0 or > 32503680000)
        {
            return false;
        }

        (user, until) = (Uri.UnescapeDataString(name), DateTimeOffset.FromUnixTimeSeconds(seconds));
        key = keyOf(user) ?? "";
        return key.Length > 0 && until > now && IsSignature(Uri.UnescapeDataString(signature), $"{audience}\n{end}", key);
    }

    private static bool IsSignature(string signature, string text, string key)
    {
        var expected = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), Encoding.ASCII.GetBytes(expected));
    }
}
