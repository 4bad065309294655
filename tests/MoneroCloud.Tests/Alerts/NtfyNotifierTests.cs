using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests.Alerts;

public sealed class NtfyNotifierTests : NotifierContract
{
    private const string Topic = "fleet-7d1c0b9a8f";
    private const string Token = "tk_0123456789abcdefghijklmnopq";

    private protected override async Task<ChannelUnderTest> OpenAsync() =>
        new HttpChannelUnderTest(await AlertReceiver.StartAsync(), Make, null) { SecretsSent = [Topic, Token], LongestMessage = 16 * 1024 };

    private static NtfyNotifier Make(Uri address, TimeSpan? deadline)
    {
        var channel = new NtfyChannel("push") { Url = new PostTarget.Secret(AlertSetting.Name("ALERT_TOPIC")), Token = AlertSetting.Name("ALERT_TOKEN") };
        return new NtfyNotifier(channel, AlertSetting.Secrets(channel, ("ALERT_TOPIC", $"{address}{Topic}"), ("ALERT_TOKEN", Token)), TimeProvider.System, deadline);
    }
}
