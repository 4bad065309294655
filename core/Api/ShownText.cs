using System.Globalization;

namespace MoneroCloud.Core;

/// <summary>What of a monitor's words may be shown: whoever stands in its place could answer with anything, even our own key.</summary>
internal static class ShownText
{
    public const int Limit = 600;

    public const string Withheld = "(withheld: the text repeats the key)";

    /// <param name="key">Never shown.</param>
    public static string Of(string? text, MonitorKey? key)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        if (key is not null && text.Contains(key.Reveal(), StringComparison.OrdinalIgnoreCase))
        {
            return Withheld;
        }

        return Printable(text.Length > Limit ? text[..Limit] : text);
    }

    /// <summary>On one line, and nothing in it moves a terminal's cursor or turns its direction.</summary>
    public static string Printable(string text) => text.All(IsPrintable)
        ? text
        : string.Create(text.Length, text, static (span, from) =>
        {
            for (var at = 0; at < span.Length; at++)
            {
                span[at] = IsPrintable(from[at]) ? from[at] : '?';
            }
        });

    private static bool IsPrintable(char c) => char.GetUnicodeCategory(c) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
