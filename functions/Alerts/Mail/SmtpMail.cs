using MimeKit;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>A message as a mail: plain text and HTML, in the thread of its incident.</summary>
internal static class SmtpMail
{
    /// <summary>A header of a mail, as others have it over HTTP.</summary>
    public const string KeyHeader = HttpPoster.KeyHeader;

    private const string Sender = "MoneroCloud";

    /// <summary>The same for every try, but for the marks between its parts.</summary>
    public static MimeMessage Of(Notice notice, SmtpChannel channel)
    {
        var digest = NoticeDigest.Of(notice);
        var thread = MailThread.Of(notice, digest, channel.From);
        var mail = new MimeMessage
        {
            MessageId = thread.MessageId,
            Subject = thread.Subject,
            Date = notice.At,
            Importance = digest.Severity == AlertSeverity.Critical ? MessageImportance.High : MessageImportance.Normal,
            Body = new MultipartAlternative { Part("plain", PlainText.Of(digest, notice.Key)), Part("html", MailHtml.Of(digest, notice.Key)) },
        };
        mail.From.Add(new MailboxAddress(Sender, channel.From));
        mail.To.AddRange(channel.To.Select(to => new MailboxAddress(null, to)));
        mail.References.AddRange(thread.Roots);
        mail.InReplyTo = thread.Roots.FirstOrDefault();
        mail.Headers.Add(KeyHeader, notice.Key);
        // No answers by machines (RFC 3834; the second one is what Exchange looks at).
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Headers.Add("X-Auto-Response-Suppress", "All");
        return mail;
    }

    private static TextPart Part(string kind, string text) => new(kind) { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };
}
