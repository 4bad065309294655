using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MoneroCloud.Functions;

/// <summary>
/// The dashboard's cookie: when it ends, random digits, what the person calls himself, and a signature by a secret that is derived from the key that was
/// given. It is good for the pages and for nothing else; when the key is replaced it ends. Nothing is kept of it here, so every instance knows it.
/// </summary>
internal sealed class SessionCookie(ApiKeys keys, TimeProvider time)
{
    public const string Name = "monerocloud_session";

    public static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private const int LongestValue = 600;

    /// <param name="person">Null, or visible characters within <see cref="OperatorWord.LongestName"/>.</param>
    public string Make(ApiKey key, string? person)
    {
        var name = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(person ?? ""));
        var text = $"{(time.GetUtcNow() + Life).ToUnixTimeSeconds()}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}.{name}";
        return $"{text}.{Signature(key, text)}";
    }

    /// <summary>Null where it is none of ours, was changed, has ended, or its key is gone.</summary>
    public PageSession? Find(string? cookie)
    {
        if (cookie is null || cookie.Length > LongestValue || cookie.Split('.') is not [var end, var id, var name, var signature])
        {
            return null;
        }

        ApiKey? signed = null;
        foreach (var key in keys.All)
        {
            signed = IsSignature(key, $"{end}.{id}.{name}", signature) ? key : signed;
        }

        return signed is not null && long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && time.GetUtcNow().ToUnixTimeSeconds() < seconds
            ? new PageSession(signed, id, Text(name), DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null;
    }

    /// <summary>What a form of ours has in it, and another's has not.</summary>
    public static string FormToken(PageSession session) => Signature(session.Key, $"form {session.Id}");

    public static bool IsFormToken(PageSession session, string? token) => token is not null && IsSignature(session.Key, $"form {session.Id}", token);

    private static string? Text(string name)
    {
        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(name)); // Ours: it is signed.
        return text.Length == 0 ? null : text;
    }

    private static bool IsSignature(ApiKey key, string text, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Signature(key, text)), Encoding.UTF8.GetBytes(given));

    private static string Signature(ApiKey key, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key.SessionSecret, Encoding.UTF8.GetBytes(text)));
}
