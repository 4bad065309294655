namespace MoneroCloud.Agent;

/// <summary>Ids of hexadecimal digits, which people shorten.</summary>
internal static class ShortId
{
    /// <summary>Digits that have to be given.</summary>
    public const int Least = 6;

    /// <summary>Of an incident's whole id.</summary>
    public const int Incident = 25;

    /// <summary>So many are shown in lists.</summary>
    private const int Shown = 10;

    public static string Of(string id) => id.Length <= Shown ? id : id[..Shown];

    public static bool IsPrefix(string text) => text.Length >= Least && IsDigits(text);

    public static bool IsDigits(string text) => text.All(char.IsAsciiHexDigitLower);
}
