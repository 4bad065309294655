using System.Text;
using System.Text.Json.Nodes;
using MimeKit;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using MoneroCloud.Tests.Alerts;

namespace MoneroCloud.EndToEnd.Tests.Alerts;

/// <summary>The channel kind smtp and a real mail server, with STARTTLS and a login.</summary>
internal sealed class SmtpChannelUnderTest(SmtpServers servers) : ChannelUnderTest
{
    private readonly int _earlier = servers.Submission.Mails.Count;

    public override IReadOnlyList<string> Secrets { get; } = [SmtpServers.Password, Base64(SmtpServers.Password), Base64($"\0{SmtpServers.User}\0{SmtpServers.Password}")];

    public override int MostBytes => 512 * 1024;

    public override TimeSpan? AskedWait => null;

    public override string ReceiptPart => "ok: queued as 4fYx1";

    public override IReadOnlyList<ReceivedMessage> Received => [.. servers.Submission.Mails.Skip(_earlier).Select(Read)];

    public override INotifier New(TimeSpan? deadline = null) => New(servers.Submission.Port, deadline);

    public override INotifier AtAClosedPort() => New(FreePort.Next(), null);

    public override void Be(ReceiverMood mood) => servers.Submission.Do(mood switch
    {
        ReceiverMood.AsksToWait => new JsonObject { ["end"] = "451 4.3.0 try again later" },
        ReceiverMood.Refuses => new JsonObject { ["end"] = "554 5.7.1 not from you" },
        ReceiverMood.EndsWithoutAnswer => new JsonObject { ["drop"] = true },
        ReceiverMood.KeepsSilent => new JsonObject { ["silent"] = true },
        ReceiverMood.TakesAndRepeatsSecrets => new JsonObject { ["end"] = $"250 {string.Join(' ', Secrets)}" },
        ReceiverMood.RefusesAndRepeatsSecrets => new JsonObject { ["end"] = $"554 {string.Join(' ', Secrets)}" },
        _ => [],
    });

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private SmtpNotifier New(int port, TimeSpan? deadline) => Of(new SmtpChannel("mail")
    {
        Host = "127.0.0.1",
        Port = port,
        From = "alerts@example.org",
        To = ["ops@example.org"],
        Login = AlertSetting.Name("ALERT_LOGIN"),
        Trust = new TlsTrust.Fingerprint(servers.Fingerprint),
    }, deadline);

    public static SmtpNotifier Of(SmtpChannel channel, TimeSpan? deadline = null, string password = SmtpServers.Password) =>
        new(channel, AlertSetting.Secrets(channel, ("ALERT_LOGIN", $"{SmtpServers.User}:{password}")), TimeProvider.System, deadline);

    private static ReceivedMessage Read(ReceivedMail received)
    {
        using var mail = MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(received.Mail)));
        return new ReceivedMessage(
            [mail.MessageId!, mail.Headers[SmtpMail.KeyHeader]!],
            [.. mail.Headers.Select(h => h.Field)],
            [mail.Subject!, mail.TextBody!, mail.HtmlBody!],
            received.Mail.Length);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
