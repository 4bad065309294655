using System.Globalization;

namespace MoneroCloud.Functions;

/// <summary>A place in a subject's history from which to read on towards the past. Its written form is what a page gave, or any time.</summary>
/// <param name="Reversed">As <see cref="ReversedTicks"/>.</param>
/// <param name="Place">Of the entry that was the last one; null for a time.</param>
internal readonly record struct HistoryCursor(string Reversed, string? Place)
{
    public const string Rule = "a time such as 2026-01-31T12:00:00Z, or what the page before gave as next";

    private const int Digits = 19;
    private const int LongestPlace = 64;
    private const char Separator = '~';

    public static HistoryCursor? TryParse(string text)
    {
        if (text.Length > Digits + 1 && text[Digits] == Separator && text.AsSpan(0, Digits).IndexOfAnyExceptInRange('0', '9') < 0)
        {
            var place = text[(Digits + 1)..];
            return place.Length <= LongestPlace && place.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') ? new(text[..Digits], place) : null;
        }

        return text.Length <= 40 && text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? new(ReversedTicks.Of(time), null) : null;
    }

    /// <param name="key">Of a row of the history.</param>
    public static HistoryCursor OfKey(string subject, string key)
    {
        var rest = key[Keys.HistoryOf(subject).Length..];
        return new(rest[..Digits], rest[(Digits + 1)..]);
    }

    /// <summary>The first key that is older.</summary>
    public string After(string subject) =>
        Place is null ? $"{Keys.HistoryOf(subject)}{Reversed}}}" : $"{Keys.HistoryOf(subject)}{Reversed}|{Place}!"; // '}' comes after '|', '!' before all that stands in a place.

    public override string ToString() => $"{Reversed}{Separator}{Place}";
}
