using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MimeKit;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Alerts;

/// <summary>What people and programs get to read, to the letter. MONEROCLOUD_APPROVE=1 writes it; docs/images is made of it.</summary>
public sealed class ApprovedNoticeTests
{
    private const string Folder = "tests/MoneroCloud.Tests/Alerts/Approved";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly SmtpChannel Mail = new("mail") { Host = "smtp.example.org", Port = 587, From = "monerocloud@example.org", To = ["ops@example.org", "night@example.org"] };

    private static readonly AzureMailChannel AzureMail = new("mail")
    {
        Endpoint = new Uri("https://fleet.europe.communication.azure.com"),
        Sender = "DoNotReply@00000000-0000-4000-8000-000000000000.azurecomm.net",
        To = ["ops@example.org"],
    };

    public static TheoryData<string> Names => ["one-down", "recovered", "some", "many"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Mails(string name)
    {
        using var mail = SmtpMail.Of(Of(name), Mail);
        var headers = string.Concat(mail.Headers.Where(h => h.Id != HeaderId.ContentType && h.Id != HeaderId.MimeVersion).Select(h => $"{h.Field}: {h.Value}\n"));

        GeneratedFile.IsUpToDate($"{Folder}/{name}.mail.txt", $"{headers}\n{mail.TextBody!.ReplaceLineEndings("\n")}");
        GeneratedFile.IsUpToDate($"{Folder}/{name}.mail.html", mail.HtmlBody!.ReplaceLineEndings("\n"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cards(string name) => Json($"{name}.card.json", TeamsCard.Message(Of(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Webhooks(string name) => Json($"{name}.webhook.json", WebhookNotifier.Body(Of(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Push_messages(string name) => Json($"{name}.ntfy.json", NtfyNotifier.Body(Of(name), "fleet"));

    [Fact]
    public void Mails_over_azure() => Json("one-down.azure-mail.json", AzureMailNotifier.Body(SampleNotices.OneDown, AzureMail));

    private static void Json(string file, byte[] body) => GeneratedFile.IsUpToDate($"{Folder}/{file}", JsonNode.Parse(body)!.ToJsonString(Indented) + "\n");

    private static Notice Of(string name) => name switch
    {
        "one-down" => SampleNotices.OneDown,
        "recovered" => SampleNotices.Recovered,
        "some" => SampleNotices.Some,
        _ => SampleNotices.Many(24),
    };
}
