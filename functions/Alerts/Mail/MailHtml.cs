using System.Net;
using System.Text;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>A message as the HTML part of a mail: no script, no style sheet, nothing that is fetched; every text is escaped.</summary>
internal static class MailHtml
{
    private const string Text = "font-family:'Segoe UI',Helvetica,Arial,sans-serif;font-size:14px;line-height:1.45;color:#1f2328";
    private const string Subtle = "font-size:12px;color:#59636e";

    public static string Of(NoticeDigest digest, string key)
    {
        var alone = digest.Shown.Length == 1 && digest.More == 0;
        var html = new StringBuilder()
            .Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
            .Append(Escaped(digest.Headline)).Append("</title></head>\n<body style=\"margin:0;padding:16px;background:#f6f8fa\">\n")
            // What an inbox shows beside the subject.
            .Append("<div style=\"display:none;max-height:0;overflow:hidden\">").Append(Escaped(digest.Headline)).Append("</div>\n")
            .Append("<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" style=\"width:100%;max-width:640px;margin:0 auto;background:#ffffff;border:1px solid #d1d9e0;border-radius:6px;")
            .Append(Text).Append("\">\n<tr><td style=\"padding:16px 20px;border-top:4px solid ").Append(Colour(digest.Severity)).Append(";font-size:18px;font-weight:600\">")
            .Append(Escaped(digest.Headline)).Append("</td></tr>\n");
        foreach (var item in digest.Shown)
        {
            Append(html, item, alone);
        }

        if (digest.MoreText is { } more)
        {
            html.Append("<tr><td style=\"padding:12px 20px;border-top:1px solid #d1d9e0\">").Append(Escaped(more)).Append("</td></tr>\n");
        }

        if (digest.Link is { } link)
        {
            html.Append("<tr><td style=\"padding:4px 20px 16px\"><a href=\"").Append(Escaped(link.AbsoluteUri))
                .Append("\" style=\"display:inline-block;padding:8px 16px;background:#0b57d0;color:#ffffff;text-decoration:none;border-radius:4px\">")
                .Append(alone ? "Open the incident" : "Open all").Append("</a></td></tr>\n");
        }

        return html.Append("<tr><td style=\"padding:10px 20px;border-top:1px solid #d1d9e0;").Append(Subtle).Append("\">MoneroCloud ")
            .Append(Escaped(key)).Append("</td></tr>\n</table>\n</body></html>\n").ToString();
    }

    private static void Append(StringBuilder html, DigestItem item, bool alone)
    {
        html.Append("<tr><td style=\"padding:").Append(alone ? "0 20px 12px" : "12px 20px;border-top:1px solid #d1d9e0").Append("\">\n");
        if (!alone)
        {
            html.Append("<div style=\"font-weight:600;color:").Append(Colour(item.Severity)).Append("\">").Append(Escaped(item.Title)).Append("</div>\n");
        }

        html.Append("<div>").Append(Escaped(item.Text)).Append("</div>\n<div style=\"").Append(Subtle).Append("\">").Append(Escaped(item.Facts));
        if (!alone && item.Link is { } link)
        {
            html.Append(" · <a href=\"").Append(Escaped(link.AbsoluteUri)).Append("\" style=\"color:#0b57d0\">open</a>");
        }

        html.Append("</div>\n</td></tr>\n");
    }

    private static string Colour(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Critical => "#c4221b",
        AlertSeverity.Warning => "#9a5b00",
        _ => "#1a7f37",
    };

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
