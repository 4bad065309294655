using System.Text;

namespace MoneroCloud.Functions;

/// <summary>Takes a channel's secrets out of what its receiver wrote, should that repeat them.</summary>
internal sealed class Redaction
{
    /// <summary>A shorter part of an address is a word that may be anywhere.</summary>
    private const int ShortestPart = 8;

    private readonly string[] _secrets;

    private Redaction(IEnumerable<string> secrets) => _secrets = [.. secrets.Where(s => s.Length > 0).Distinct().OrderByDescending(s => s.Length)];

    public static Redaction Nothing { get; } = new([]);

    /// <summary>As it stands, and as servers repeat what they could not read.</summary>
    public static Redaction Login(string user, string password) =>
        new([password, Base64(password), Base64($"\0{user}\0{password}"), Base64($"{user}\0{user}\0{password}")]);

    /// <param name="more">Other secrets that go there.</param>
    public static Redaction Address(Uri address, params IEnumerable<string> more) =>
        new([address.AbsoluteUri, address.PathAndQuery is "/" ? "" : address.PathAndQuery, .. address.PathAndQuery.Split('/', '?', '&', '=').Where(p => p.Length >= ShortestPart), .. more]);

    public string Hide(string text) => _secrets.Aggregate(text, (hidden, secret) => hidden.Replace(secret, "***", StringComparison.Ordinal));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
