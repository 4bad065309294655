using System.Globalization;
using System.Text;

namespace MoneroCloud.Functions;

/// <summary>Makes one bounded line of whatever a node, an RPC error or a receiver wrote: nothing in it moves a cursor, ends a header or turns text around.</summary>
internal static class CleanText
{
    /// <param name="most">Characters, at least 2; what is cut ends with '…'.</param>
    public static string Line(string text, int most)
    {
        var line = new StringBuilder();
        var space = false;
        foreach (var rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control:
                    space = line.Length > 0;
                    continue;
                case UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned:
                    continue;
            }

            line.Append(space ? " " : "").Append(rune);
            space = false;
            if (line.Length > most)
            {
                return Cut(line.ToString(), most);
            }
        }

        return line.ToString();
    }

    private static string Cut(string text, int most)
    {
        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end].TrimEnd() + "…";
    }
}
