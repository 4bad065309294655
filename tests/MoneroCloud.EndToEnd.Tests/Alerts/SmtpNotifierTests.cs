using System.Text;
using System.Text.Json.Nodes;
using MimeKit;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using MoneroCloud.Tests.Alerts;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.Alerts;

public sealed class SmtpNotifierTests(SmtpServers servers) : NotifierContract, IClassFixture<SmtpServers>
{
    private const string Ops = "ops@example.org";
    private const string Night = "night@example.org";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SmtpChannel Submission => new("mail")
    {
        Host = "127.0.0.1",
        Port = servers.Submission.Port,
        From = "alerts@example.org",
        To = [Ops, Night],
        Login = AlertSetting.Name("ALERT_LOGIN"),
        Trust = new TlsTrust.Fingerprint(servers.Fingerprint),
    };

    [Fact]
    public async Task All_recipients_get_it_over_tls_after_a_login()
    {
        Assert.IsType<Notified.Delivered>(await SendAsync(Submission, []));

        var mail = servers.Submission.Mails[^1];
        Assert.Equal(("alerts@example.org", $"{Ops} {Night}", true, SmtpServers.User), (mail.From, string.Join(' ', mail.To), mail.Tls, mail.User));
    }

    [Fact]
    public async Task All_mails_of_an_incident_are_one_thread()
    {
        await SendAsync(Submission, []);
        await SendAsync(Submission, [], SampleNotices.Recovered);

        using var down = Parsed(servers.Submission.Mails[^2]);
        using var up = Parsed(servers.Submission.Mails[^1]);
        Assert.Equal(("[MoneroCloud] host-1.wallet-1", "Re: [MoneroCloud] host-1.wallet-1"), (down.Subject, up.Subject));
        Assert.Equal(down.InReplyTo, Assert.Single(down.References));
        Assert.Equal(down.References, up.References);
        Assert.NotEqual(down.MessageId, up.MessageId);
        Assert.StartsWith("host-1.wallet-1 is up again", up.TextBody, StringComparison.Ordinal);
        Assert.Equal(("auto-generated", "0123456789abcdef01234567:mail"), (down.Headers["Auto-Submitted"], down.Headers["X-MoneroCloud-Key"]));
    }

    [Theory]
    [InlineData("rcpt", "450 4.2.1 mailbox busy", typeof(Notified.Deferred), "450 no recipient was taken: 4.2.1 mailbox busy")]
    [InlineData("rcpt", "550 5.1.1 no such user", typeof(Notified.Refused), "550 no recipient was taken: 5.1.1 no such user")]
    [InlineData("data", "451 4.3.0 later", typeof(Notified.Deferred), "451 4.3.0 later")]
    [InlineData("data", "554 5.5.1 never", typeof(Notified.Refused), "554 5.5.1 never")]
    [InlineData("end", "452 4.3.1 no room", typeof(Notified.Deferred), "452 4.3.1 no room")]
    [InlineData("end", "552 5.3.4 too much", typeof(Notified.Refused), "552 5.3.4 too much")]
    [InlineData("auth", "454 4.7.0 not now", typeof(Notified.Deferred), "454 the login: 4.7.0 not now")]
    [InlineData("auth", "535 5.7.8 wrong", typeof(Notified.Refused), "535 the login: 5.7.8 wrong")]
    [InlineData("connect", "421 4.3.2 closing", typeof(Notified.Deferred), "421 4.3.2 closing")]
    public async Task The_servers_word_decides_whenever_it_is_said(string step, string reply, Type expected, string why)
    {
        var sent = await SendAsync(Submission, new JsonObject { [step] = reply });

        Assert.Equal((expected, why), (sent.GetType(), (sent as Notified.Deferred)?.Why ?? (sent as Notified.Refused)?.Why));
    }

    [Fact]
    public async Task One_recipient_that_is_refused_keeps_it_from_no_other_and_is_told()
    {
        var sent = await SendAsync(Submission, new JsonObject { ["rcpt"] = new JsonObject { [Night] = "550 5.1.1 no such user" } });

        Assert.Equal(new Notified.Delivered("2.0.0 ok: queued as 4fYx1; 1 of 2 recipients refused: 550 5.1.1 no such user"), sent);
        Assert.Equal([Ops], servers.Submission.Mails[^1].To);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_without_showing_any()
    {
        servers.Submission.Do([]);

        var sent = await SmtpChannelUnderTest.Of(Submission, password: "hunter2-hunter2").SendAsync(SampleNotices.OneDown, Cancellation);

        Assert.StartsWith("535 the login: ", Assert.IsType<Notified.Refused>(sent).Why, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", $"{sent}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_demands_a_login_refuses_whoever_has_none() =>
        Assert.Equal(new Notified.Refused("the server demands a login"), await SendAsync(Submission with { Login = null }, []));

    [Fact]
    public async Task Another_certificate_than_the_one_named_gets_neither_login_nor_mail()
    {
        var before = servers.Submission.Mails.Count;

        var sent = await SendAsync(Submission with { Trust = new TlsTrust.Fingerprint(new string('0', 64)) }, []);

        Assert.StartsWith("no TLS: its certificate's SHA-256 fingerprint is ", Assert.IsType<Notified.Deferred>(sent).Why, StringComparison.Ordinal);
        Assert.IsType<Notified.Deferred>(await SendAsync(Submission with { Trust = new TlsTrust.SystemRoots() }, []));
        Assert.Equal(before, servers.Submission.Mails.Count);
    }

    [Fact]
    public async Task A_server_without_starttls_gets_neither_login_nor_mail()
    {
        var sent = await SmtpChannelUnderTest.Of(Submission with { Port = servers.Plain.Port }).SendAsync(SampleNotices.OneDown, Cancellation);

        Assert.StartsWith("the server lacks something: ", Assert.IsType<Notified.Deferred>(sent).Why, StringComparison.Ordinal);
        Assert.DoesNotContain(servers.Plain.Mails, m => m.From == "alerts@example.org");
    }

    [Fact]
    public async Task It_goes_over_tls_from_the_first_byte_and_in_clear_on_this_machine()
    {
        var tls = await SmtpChannelUnderTest.Of(Submission with { Port = servers.Tls.Port, Security = SmtpSecurity.Tls, Login = null }).SendAsync(SampleNotices.OneDown, Cancellation);
        var plain = await SmtpChannelUnderTest.Of(Submission with { Port = servers.Plain.Port, Security = SmtpSecurity.None, Login = null, From = "root@localhost" }).SendAsync(SampleNotices.OneDown, Cancellation);

        Assert.Equal(("Delivered", "Delivered"), (tls.GetType().Name, plain.GetType().Name));
        Assert.Equal((true, false), (servers.Tls.Mails[^1].Tls, servers.Plain.Mails[^1].Tls));
    }

    [Theory]
    [InlineData("::1")]
    [InlineData("localhost")]
    public async Task Every_form_of_a_host_is_connected_to(string host)
    {
        var sent = await SmtpChannelUnderTest.Of(Submission with { Host = host, Port = FreePort.Next() }).SendAsync(SampleNotices.OneDown, Cancellation);

        Assert.Contains("connection", Assert.IsType<Notified.Deferred>(sent).Why, StringComparison.Ordinal);
    }

    private protected override Task<ChannelUnderTest> OpenAsync() => Task.FromResult<ChannelUnderTest>(new SmtpChannelUnderTest(servers));

    private Task<Notified> SendAsync(SmtpChannel channel, JsonObject script, Notice? notice = null)
    {
        servers.Submission.Do(script);
        return SmtpChannelUnderTest.Of(channel).SendAsync(notice ?? SampleNotices.OneDown, Cancellation);
    }

    private static MimeMessage Parsed(ReceivedMail mail) => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(mail.Mail)));
}
