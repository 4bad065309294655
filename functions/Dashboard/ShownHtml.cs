using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MoneroCloud.Functions;

/// <summary>
/// The last step of every page: Razor has encoded all that is not ASCII as a number, and of those numbers what is a control character or turns a line's
/// direction becomes a question mark. Only what is encoded is looked at, so no markup of ours changes.
/// </summary>
internal static partial class ShownHtml
{
    public static string Printable(string html) => Encoded().Replace(html, m =>
        int.TryParse(m.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var scalar) && IsPrintable(scalar) ? m.Value : "?");

    private static bool IsPrintable(int scalar) => scalar is '\n' or '\t' or '\r' || (Rune.TryCreate(scalar, out var rune) && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned));

    [GeneratedRegex("&#x([0-9A-Fa-f]{1,8});", RegexOptions.CultureInvariant)]
    private static partial Regex Encoded();
}
