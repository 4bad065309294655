using System.Buffers;
using System.Globalization;
using System.Text;

namespace MoneroCloud.Functions;

/// <summary>
/// How a key is written in a store: printable ASCII without what Azure forbids in a key (<c>/ \ # ?</c> and control characters) or what an
/// address would change. Reversible, and in the same ordinal order as the keys, which is then the same in every store. Letters, digits and
/// <c>. | - _ : @</c> stay as they are.
/// </summary>
internal static class KeyText
{
    // The characters up to ',' are written '!' and two digits, those from '~' on '~' and four. The three that Azure forbids in between follow
    // the character before them, marked by '~~', which is above all that can follow that one otherwise.
    private const char Low = '!';
    private const char High = '~';
    private const string Mark = "~~";

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range('-', '~' - '-').Select(c => (char)c).Where(c => c is not ('/' or '?' or '\\'))]);

    public static string Write(string key)
    {
        if (!key.AsSpan().ContainsAnyExcept(Plain))
        {
            return key;
        }

        var text = new StringBuilder(key.Length * 2);
        foreach (var c in key)
        {
            _ = c switch
            {
                < '-' => text.Append(Low).Append(CultureInfo.InvariantCulture, $"{(int)c:x2}"),
                >= High => text.Append(High).Append(CultureInfo.InvariantCulture, $"{(int)c:x4}"),
                '/' or '?' or '\\' => text.Append((char)(c - 1)).Append(Mark),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }

    /// <exception cref="FormatException">Nothing that <see cref="Write"/> wrote.</exception>
    public static string Read(string text)
    {
        if (!text.AsSpan().ContainsAny(Low, High))
        {
            return text;
        }

        var key = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            i += ReadOne(text.AsSpan(i), key);
        }

        return key.ToString();
    }

    private static int ReadOne(ReadOnlySpan<char> text, StringBuilder key)
    {
        var (c, length) = text switch
        {
            [Low, _, _, ..] => (Hex(text[1..3]), 3),
            [High, _, _, _, _, ..] => (Hex(text[1..5]), 5),
            [Low or High, ..] => throw new FormatException("a key in the store is cut off"),
            _ when text[1..].StartsWith(Mark) => ((char)(text[0] + 1), 3),
            _ => (text[0], 1),
        };
        key.Append(c);
        return length;
    }

    private static char Hex(ReadOnlySpan<char> digits) => (char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
