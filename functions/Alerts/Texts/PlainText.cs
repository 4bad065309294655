using System.Text;

namespace MoneroCloud.Functions;

/// <summary>A message as plain text: the plain part of a mail.</summary>
internal static class PlainText
{
    /// <summary>The first line says how things stand.</summary>
    public static string Of(NoticeDigest digest, string key)
    {
        var text = new StringBuilder(digest.Headline).Append("\n\n");
        foreach (var item in digest.Shown)
        {
            Append(text, item, alone: digest.Shown.Length == 1);
        }

        if (digest.MoreText is { } more)
        {
            text.Append(more).Append("\n\n");
        }

        if (digest.Link is { } link)
        {
            text.Append("See ").Append(link.AbsoluteUri).Append("\n\n");
        }

        return text.Append("-- \nMoneroCloud ").Append(key).Append('\n').ToString();
    }

    private static void Append(StringBuilder text, DigestItem item, bool alone)
    {
        if (!alone)
        {
            text.Append("* ").Append(item.Title).Append('\n');
        }

        var indent = alone ? "" : "  ";
        text.Append(indent).Append(item.Text).Append('\n').Append(indent).Append(item.Facts).Append('\n');
        if (!alone && item.Link is { } link)
        {
            text.Append(indent).Append(link.AbsoluteUri).Append('\n');
        }

        text.Append('\n');
    }
}
