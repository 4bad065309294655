using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>One connection to a mail server, for one mail. A recipient that is refused keeps the mail from no other.</summary>
internal sealed class SmtpSession : SmtpClient
{
    public SmtpSession(SmtpChannel channel)
    {
        var trust = CertificateTrust.OptionsFor(channel.Trust).RemoteCertificateValidationCallback;
        // Of its own accord MailKit also takes some certificates that the machine's roots do not vouch for.
        ServerCertificateValidationCallback = trust ?? ((_, _, _, errors) => errors == System.Net.Security.SslPolicyErrors.None);
        CheckCertificateRevocation = false; // As everywhere here: a responder that is away must not keep alerts back.
    }

    /// <summary>What the server said to those that it did not take.</summary>
    public List<SmtpResponse> Refusals { get; } = [];

    public static SecureSocketOptions OptionsOf(SmtpSecurity security) => security switch
    {
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => Refusals.Add(response);
}
