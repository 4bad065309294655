using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Alerts;

public sealed class NotifiersTests
{
    private static readonly (string Name, string Value)[] Variables =
    [
        ("ALERT_LOGIN", "user:pass-of-smtp"), ("ALERT_TEAMS", "https://prod.example.com/x?sig=pass-of-teams"), ("ALERT_KEY", "pass-of-webhook-key"), ("ALERT_TOKEN", "pass-of-ntfy"),
    ];

    private static readonly ImmutableArray<ChannelConfig> OneOfEach =
    [
        new LogChannel("log"),
        new SmtpChannel("mail") { Host = "h", Port = 587, From = "a@b", To = ["c@d"], Login = AlertSetting.Name("ALERT_LOGIN") },
        new AzureMailChannel("azure") { Endpoint = new Uri("https://x.communication.azure.com"), Sender = "a@b", To = ["c@d"] },
        new TeamsChannel("team") { Url = AlertSetting.Name("ALERT_TEAMS") },
        new WebhookChannel("hook") { Url = new PostTarget.Plain(new Uri("https://h/x")), Key = AlertSetting.Name("ALERT_KEY") },
        new NtfyChannel("push") { Url = new PostTarget.Plain(new Uri("https://ntfy.sh/topic")), Token = AlertSetting.Name("ALERT_TOKEN") },
    ];

    [Fact]
    public void Every_kind_of_channel_that_can_be_configured_has_its_notifier()
    {
        var notifiers = Of(OneOfEach, Variables);

        Assert.Equal(ChannelKinds.All.Length, OneOfEach.Length);

        // The log is there beside them, for what another refuses.
        Assert.Equal([.. OneOfEach.Select(c => c.Name), "log"], notifiers.Select(n => n.Channel));
    }

    [Fact]
    public void No_text_of_a_channel_or_a_notifier_or_the_secrets_shows_a_secret()
    {
        var secrets = AlertSecrets.Of(OneOfEach, Variables.ToImmutableDictionary(v => v.Name, v => v.Value), out _)!;
        object[] all = [.. OneOfEach, .. Of(OneOfEach, Variables), secrets];

        Assert.All(all, part => Assert.DoesNotContain("pass-of", $"{part}", StringComparison.Ordinal));
        Assert.Contains("pass-of", secrets.Reveal(AlertSetting.Name("ALERT_LOGIN")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_channel_lacks_is_told_by_its_name()
    {
        foreach (var (name, _) in Variables)
        {
            Assert.Null(AlertSecrets.Of(OneOfEach, Variables.Where(v => v.Name != name).ToImmutableDictionary(v => v.Name, v => v.Value), out var problem));
            Assert.EndsWith($": {name} is not set", problem, StringComparison.Ordinal);
        }
    }

    private static ImmutableArray<INotifier> Of(ImmutableArray<ChannelConfig> channels, (string Name, string Value)[] variables) =>
        Notifiers.Of(channels, AlertSecrets.Of(channels, variables.ToImmutableDictionary(v => v.Name, v => v.Value), out _)!, TimeProvider.System, NullLoggerFactory.Instance);
}
