using MimeKit;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ChannelConfigTests
{
    private const string Smtp = "\"kind\": \"smtp\", \"host\": \"smtp.example.org\", \"from\": \"a@example.org\", \"to\": [\"b@example.org\"]";

    private readonly MonitorFolder _folder = new();

    [Fact]
    public void A_mail_server_needs_little_and_takes_all_of_it()
    {
        var few = Channel<SmtpChannel>(Smtp);
        _folder.WriteCertificate("ca.pem");
        var all = Channel<SmtpChannel>(
            "\"kind\": \"smtp\", \"host\": \"[::1]\", \"port\": 2525, \"security\": \"tls\", \"from\": \"a@b\", \"to\": [\"c@d\", \"e@f\"], \"login\": \"env:ALERT_X\", \"tls\": { \"caFile\": \"ca.pem\" }, \"perMinute\": 5");

        Assert.Equal(("smtp.example.org", 587, SmtpSecurity.StartTls, null, 30), (few.Host, few.Port, few.Security, few.Login, few.PerMinute));
        Assert.IsType<TlsTrust.SystemRoots>(few.Trust);
        Assert.Equal(("::1", 2525, SmtpSecurity.Tls, "ALERT_X", 5), (all.Host, all.Port, all.Security, all.Login.ToString(), all.PerMinute));
        Assert.Equal(("c@d e@f", _folder.At("ca.pem")), (string.Join(' ', all.To), Assert.IsType<TlsTrust.CaFile>(all.Trust).Path));
        Assert.Equal(465, Channel<SmtpChannel>(Smtp + ", \"security\": \"tls\"").Port);
    }

    [Fact]
    public void The_other_kinds_are_read_too()
    {
        var azure = Channel<AzureMailChannel>("\"kind\": \"azureMail\", \"endpoint\": \"https://fleet.europe.communication.azure.com\", \"sender\": \"a@b\", \"to\": [\"c@d\"], \"clientId\": \"00000000-0000-4000-8000-000000000000\"");
        var teams = Channel<TeamsChannel>("\"kind\": \"teams\", \"url\": \"env:ALERT_TEAMS\"");
        var webhook = Channel<WebhookChannel>("\"kind\": \"webhook\", \"url\": \"https://h/x?y=z\", \"key\": \"env:ALERT_KEY\", \"perMinute\": 600");
        var ntfy = Channel<NtfyChannel>("\"kind\": \"ntfy\", \"url\": \"env:ALERT_TOPIC\", \"token\": \"env:ALERT_TOKEN\"");

        Assert.Equal(("https://fleet.europe.communication.azure.com/", 30, null), (azure.Endpoint.AbsoluteUri, azure.PerMinute, teams.PerMinute));
        Assert.Equal(("ALERT_TEAMS", "ALERT_KEY", 600), (teams.Url.ToString(), webhook.Key.ToString(), webhook.PerMinute));
        Assert.Equal("https://h/x?y=z", Assert.IsType<PostTarget.Plain>(webhook.Url).Address.AbsoluteUri);
        Assert.Equal("ALERT_TOPIC", Assert.IsType<PostTarget.Secret>(ntfy.Url).Name.ToString());
        Assert.Equal(["ALERT_TOPIC", "ALERT_TOKEN"], ntfy.Secrets().Select(s => s.Name.ToString()));
    }

    [Theory]
    [InlineData("\"kind\": \"fax\"", "kind: \"fax\" must be \"log\" or \"smtp\" or \"azureMail\" or \"teams\" or \"webhook\" or \"ntfy\"")]
    [InlineData("\"kind\": 5", "kind: must be \"log\" or \"smtp\" or \"azureMail\" or \"teams\" or \"webhook\" or \"ntfy\", not a number")]
    [InlineData("\"kind\": \"log\", \"host\": \"h\"", "host: is not a known key")]
    [InlineData("\"kind\": \"log\", \"perMinute\": 0", "perMinute: 0 is out of range, 1 to 600")]
    [InlineData("\"kind\": \"log\", \"perMinute\": 601", "perMinute: 601 is out of range, 1 to 600")]
    [InlineData("\"kind\": \"smtp\", \"from\": \"a@b\", \"to\": [\"c@d\"]", "host: is missing")]
    [InlineData(Smtp + ", \"port\": 0", "port: 0 is out of range, 1 to 65535")]
    [InlineData(Smtp + ", \"port\": 65536", "port: 65536 is out of range, 1 to 65535")]
    [InlineData(Smtp + ", \"security\": \"ssl\"", "security: \"ssl\" must be \"starttls\" or \"tls\" or \"none\"")]
    [InlineData(Smtp + ", \"security\": \"none\"", "security: \"none\" goes with a server on this machine only (localhost, 127.0.0.0/8, ::1): mail and login would go in clear")]
    [InlineData(Smtp + ", \"login\": \"user:hunter2\"", "login: is not env:ALERT_ and then 1 to 100 of A-Z, 0-9 and '_': the name of a variable; a secret itself must not stand in this file")]
    [InlineData(Smtp + ", \"login\": \"env:MONITOR_SIGNING_KEY\"", "login: is not env:ALERT_ and then 1 to 100 of A-Z, 0-9 and '_': the name of a variable; a secret itself must not stand in this file")]
    [InlineData("\"kind\": \"smtp\", \"host\": \"h\", \"from\": \"a\", \"to\": [\"c@d\"]", "from: \"a\" is not a mail address such as ops@example.org")]
    [InlineData("\"kind\": \"smtp\", \"host\": \"h\", \"from\": \"a@b\", \"to\": [\"c@d\\r\\nBcc: e@f\"]", "to[0]: is not a mail address such as ops@example.org")]
    [InlineData("\"kind\": \"smtp\", \"host\": \"h\", \"from\": \"a@b\", \"to\": [\"c@d\", \"C@d\"]", "to[1]: is in the list twice")]
    [InlineData("\"kind\": \"smtp\", \"host\": \"h\", \"from\": \"a@b\", \"to\": []", "to: is empty")]
    [InlineData("\"kind\": \"azureMail\", \"endpoint\": \"https://evil.example.org\", \"sender\": \"a@b\", \"to\": [\"c@d\"]", "endpoint: \"https://evil.example.org\" is not an address such as https://NAME.europe.communication.azure.com, and nothing else")]
    [InlineData("\"kind\": \"teams\", \"url\": \"https://h/x?sig=hunter2\"", "url: is not env:ALERT_ and then 1 to 100 of A-Z, 0-9 and '_': the name of a variable; a secret itself must not stand in this file")]
    [InlineData("\"kind\": \"webhook\", \"url\": \"https://u:hunter2@h/x\"", "url: is not an http or https address, or env:ALERT_NAME, a variable that holds it")]
    [InlineData("\"kind\": \"webhook\", \"url\": \"https://h:99999/\"", "url: is no http or https address")]
    [InlineData("\"kind\": \"webhook\", \"url\": \"https://outlook.office.com/x\"", "url: is a connector of Office 365, which Microsoft has switched off: make a workflow (\"Post to a channel when a webhook request is received\") and take its address")]
    [InlineData("\"kind\": \"ntfy\", \"url\": \"https://ntfy.sh/\"", "url: does not end with a topic: 1 to 64 letters, digits, '-' and '_' after the host")]
    [InlineData("\"kind\": \"ntfy\", \"url\": \"https://ntfy.sh/a/b\"", "url: does not end with a topic: 1 to 64 letters, digits, '-' and '_' after the host")]
    public void What_is_wrong_is_refused_with_key_value_and_bound(string channel, string expected)
    {
        var error = Assert.Single(_folder.Errors(File(channel)));

        Assert.Equal($"monitor.json:1: alerts.channels[0].{expected}", error);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [Fact]
    public void At_most_50_recipients_are_allowed()
    {
        string Of(int count) => $"\"kind\": \"smtp\", \"host\": \"h\", \"from\": \"a@b\", \"to\": [{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"c{i}@d\""))}]";

        Assert.Equal(50, Channel<SmtpChannel>(Of(50)).To.Length);
        Assert.Equal(["monitor.json:1: alerts.channels[0].to: has 51 entries, at most 50 are allowed"], _folder.Errors(File(Of(51))));
    }

    [Theory]
    [InlineData("none", "localhost")]
    [InlineData("none", "127.0.0.1")]
    [InlineData("none", "::1")]
    public void In_clear_it_goes_to_this_machine(string security, string host)
    {
        var shown = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;

        Assert.Equal((SmtpSecurity.None, host), (Of().Security, Of().Host));
        SmtpChannel Of() => Channel<SmtpChannel>($"\"kind\": \"smtp\", \"host\": \"{shown}\", \"security\": \"{security}\", \"from\": \"a@b\", \"to\": [\"c@d\"]");
    }

    [Theory]
    [InlineData("teams", null, "is not set")]
    [InlineData("teams", "", "is not set")]
    [InlineData("teams", "ftp://h", "is no http or https address")]
    [InlineData("teams", "http://h/x", "is http and no address of this machine: a secret must not go in clear")]
    [InlineData("teams", "https://h/\nx", "holds more than one line, or control characters")]
    [InlineData("teams", "https://u:p@h/x", "has a login before its host")]
    [InlineData("teams", "https://outlook.office.com/webhook/x", "is a connector of Office 365, which Microsoft has switched off: make a workflow (\"Post to a channel when a webhook request is received\") and take its address")]
    [InlineData("teams", "https://OUTLOOK.office365.com./webhook/x", "is a connector of Office 365, which Microsoft has switched off: make a workflow (\"Post to a channel when a webhook request is received\") and take its address")]
    [InlineData("teams", "https://contoso.webhook.office.com/webhookb2/x", "is a connector of Office 365, which Microsoft has switched off: make a workflow (\"Post to a channel when a webhook request is received\") and take its address")]
    [InlineData("ntfy", "https://ntfy.sh", "does not end with a topic: 1 to 64 letters, digits, '-' and '_' after the host")]
    [InlineData("teams", "https://prod-00.westeurope.logic.azure.com:443/workflows/x?sig=hunter2", null)]
    [InlineData("teams", "https://webhook.office.com.example.org/x", null)]
    [InlineData("ntfy", "https://ntfy.sh/topic-1", null)]
    public void A_secret_that_is_not_there_or_no_good_is_warned_of_by_its_name(string kind, string? value, string? expected)
    {
        if (value is not null)
        {
            _folder.Set("ALERT_X", value);
        }

        var warnings = _folder.Warnings(File($"\"kind\": \"{kind}\", \"url\": \"env:ALERT_X\""));

        Assert.Equal(expected is null ? [] : [$"monitor.json:1: alerts.channels[0].url: ALERT_X {expected}: no monitor starts like this"], warnings);
    }

    [Theory]
    [InlineData("login", "hunter2", "does not hold user:password")]
    [InlineData("login", ":hunter2", "does not hold user:password")]
    [InlineData("login", "u:", "does not hold user:password")]
    [InlineData("key", "hunter2hunter2x", "holds less than 16 characters")]
    [InlineData("token", "hunter2 hunter2", "holds other than printable ASCII")]
    public void Other_secrets_have_a_form_too(string key, string value, string expected)
    {
        _folder.Set("ALERT_X", value);
        var channel = key switch { "login" => Smtp, "key" => "\"kind\": \"webhook\", \"url\": \"https://h/\"", _ => "\"kind\": \"ntfy\", \"url\": \"https://h/t\"" };

        Assert.Equal([$"monitor.json:1: alerts.channels[0].{key}: ALERT_X {expected}: no monitor starts like this"], _folder.Warnings(File($"{channel}, \"{key}\": \"env:ALERT_X\"")));
    }

    [Fact]
    public void An_address_in_clear_is_warned_of() => Assert.Equal(
        ["monitor.json:1: alerts.channels[0].url: is http and no address of this machine: what is told goes in clear"],
        _folder.Warnings(File("\"kind\": \"webhook\", \"url\": \"http://10.0.0.1/x\"")));

    [Theory]
    [InlineData("ops@example.org", true)]
    [InlineData("o.p-s+tag@mail.example.org", true)]
    [InlineData("root@localhost", true)]
    [InlineData("a@b-c.d9", true)]
    [InlineData("DoNotReply@00000000-0000-4000-8000-000000000000.azurecomm.net", true)]
    [InlineData("Ops <ops@example.org>", false)]
    [InlineData("\"o ps\"@example.org", false)]
    [InlineData("ops@[127.0.0.1]", false)]
    [InlineData(".ops@example.org", false)]
    [InlineData("ops.@example.org", false)]
    [InlineData("o..ps@example.org", false)]
    [InlineData("ops@-example.org", false)]
    [InlineData("ops@example..org", false)]
    [InlineData("ops@example.org,x@y", false)]
    [InlineData("öps@example.org", false)]
    [InlineData("ops@example.org\n", false)]
    public void A_mail_address_is_what_every_server_takes_and_the_mail_library_reads_as_the_same(string address, bool good)
    {
        Assert.Equal(good, TextRule.Problem(ChannelSettings.MailShape, address) is null);
        Assert.True(!good || (MailboxAddress.TryParse(address, out var read) && read.Address == address && string.IsNullOrEmpty(read.Name)));
    }

    private T Channel<T>(string channel)
        where T : ChannelConfig => Assert.IsType<T>(Assert.Single(_folder.Accept(File(channel)).Channels));

    private static string File(string channel) => $$"""{ "alerts": { "channels": [{ "name": "c", {{channel}} }] } }""";
}
