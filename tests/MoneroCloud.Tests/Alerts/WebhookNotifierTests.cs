using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests.Alerts;

public sealed class WebhookNotifierTests : NotifierContract
{
    private const string Path = "hooks/9f8e7d6c5b4a";
    private const string Key = "a-key-of-the-webhook";

    private protected override async Task<ChannelUnderTest> OpenAsync() =>
        new HttpChannelUnderTest(await AlertReceiver.StartAsync(), Make, "X-Request-Id") { SecretsSent = ["9f8e7d6c5b4a", Key], LongestMessage = WebhookNotifier.MostBytes };

    private static WebhookNotifier Make(Uri address, TimeSpan? deadline)
    {
        var channel = new WebhookChannel("hook") { Url = new PostTarget.Secret(AlertSetting.Name("ALERT_HOOK")), Key = AlertSetting.Name("ALERT_KEY") };
        return new WebhookNotifier(channel, AlertSetting.Secrets(channel, ("ALERT_HOOK", $"{address}{Path}"), ("ALERT_KEY", Key)), TimeProvider.System, deadline);
    }
}
