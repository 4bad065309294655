using System.Buffers;
using System.Globalization;
using System.Text;

namespace MoneroCloud.Core;

/// <summary>How values stand in the text of metrics. Pure.</summary>
internal static class MetricText
{
    /// <summary>Of one character of a text, escaped or not.</summary>
    public const int MostBytesOfCharacter = 3;

    /// <summary>No number is longer.</summary>
    public const int LongestNumber = 32;

    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue).Select(i => (char)i).Where(IsUnseen), '"', '\\']);

    /// <summary>Quotes, backslashes and line ends are escaped; other control characters and those that turn a line's direction are replaced.</summary>
    /// <returns>Bytes written.</returns>
    public static int Escape(ReadOnlySpan<char> text, bool quotes, Span<byte> to)
    {
        var written = 0;
        for (var at = text.IndexOfAny(Special); at >= 0; at = text.IndexOfAny(Special))
        {
            written += Encoding.UTF8.GetBytes(text[..at], to[written..]);
            var escaped = text[at] switch
            {
                '\n' => "\\n"u8,
                '\\' => "\\\\"u8,
                '"' => quotes ? "\\\""u8 : "\""u8,
                _ => "\uFFFD"u8,
            };
            escaped.CopyTo(to[written..]);
            written += escaped.Length;
            text = text[(at + 1)..];
        }

        return written + Encoding.UTF8.GetBytes(text, to[written..]);
    }

    /// <returns>Bytes written.</returns>
    public static int Number(double value, Span<byte> to)
    {
        int written;
        if (value == Math.Floor(value) && Math.Abs(value) < 1e15)
        {
            ((long)value).TryFormat(to, out written, default, CultureInfo.InvariantCulture);
        }
        else if (double.IsFinite(value))
        {
            value.TryFormat(to, out written, "R", CultureInfo.InvariantCulture);
        }
        else
        {
            written = Encoding.UTF8.GetBytes(double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf", to);
        }

        return written;
    }

    /// <summary>As OpenMetrics has it, in both formats, so that a series does not change its name with the format.</summary>
    public static string Bound(double bound) =>
        double.IsPositiveInfinity(bound) ? "+Inf" : bound.ToString(bound == Math.Floor(bound) ? "0.0" : "R", CultureInfo.InvariantCulture);

    private static bool IsUnseen(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
