using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace MoneroCloud.Functions;

/// <summary>
/// What an end of an SMTP session means for an alert. The server's word counts: 4xx is not now, 5xx is never, whether said to the login, a
/// recipient or the mail: the same again would get the same answer, and the fallback tells people now.
/// </summary>
internal static class SmtpOutcome
{
    private const int LongestText = 200;

    /// <summary>Null for what is no end of a session but a bug.</summary>
    public static Notified? Of(Exception failure, Redaction redaction) => failure switch
    {
        SmtpCommandException refused => Said((int)refused.StatusCode, refused.Message, redaction),
        AuthenticationException { InnerException: SmtpCommandException refused } => Said((int)refused.StatusCode, $"the login: {refused.Message}", redaction),
        AuthenticationException login => new Notified.Refused($"the login was refused: {Clean(login.Message, redaction)}"),
        ServiceNotAuthenticatedException => new Notified.Refused("the server demands a login"),
        SslHandshakeException tls => new Notified.Deferred($"no TLS: {Clean((tls.InnerException ?? tls).Message, redaction)}", null),
        NotSupportedException lacking => new Notified.Deferred($"the server lacks something: {Clean(lacking.Message, redaction)}", null),
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => new Notified.Deferred("the connection was refused", null),
        SocketException socket => new Notified.Deferred($"no connection: {socket.SocketErrorCode}", null),
        SmtpProtocolException or IOException or ServiceNotConnectedException => new Notified.Deferred("the connection ended before the server's reply", null),
        _ => null,
    };

    /// <param name="refusals">Of recipients.</param>
    /// <param name="recipients">All of them.</param>
    public static Notified? Of(IReadOnlyList<SmtpResponse> refusals, int recipients, Redaction redaction)
    {
        if (refusals.Count < recipients)
        {
            return null;
        }

        var later = refusals.FirstOrDefault(r => (int)r.StatusCode < 500);
        var told = later ?? refusals[0];
        return Said((int)told.StatusCode, $"no recipient was taken: {told.Response}", redaction);
    }

    /// <param name="reply">To the whole mail.</param>
    public static Notified.Delivered Taken(string reply, IReadOnlyList<SmtpResponse> refusals, int recipients, Redaction redaction) => new(
        refusals.Count == 0
            ? Clean(reply, redaction)
            : $"{Clean(reply, redaction)}; {refusals.Count} of {recipients} recipients refused: {(int)refusals[0].StatusCode} {Clean(refusals[0].Response, redaction)}");

    private static Notified Said(int code, string text, Redaction redaction) =>
        code >= 500 ? new Notified.Refused($"{code} {Clean(text, redaction)}") : new Notified.Deferred($"{code} {Clean(text, redaction)}", null);

    private static string Clean(string text, Redaction redaction) => CleanText.Line(redaction.Hide(text), LongestText);
}
