using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests.Alerts;

public sealed class TeamsNotifierTests : NotifierContract
{
    private const string Signature = "Zk9-signature_of_the_flow";

    private protected override async Task<ChannelUnderTest> OpenAsync() =>
        new HttpChannelUnderTest(await AlertReceiver.StartAsync(), Make, "x-ms-workflow-run-id") { SecretsSent = [Signature], LongestMessage = 28 * 1024 };

    private static TeamsNotifier Make(Uri address, TimeSpan? deadline)
    {
        var channel = new TeamsChannel("team") { Url = AlertSetting.Name("ALERT_TEAMS") };
        return new TeamsNotifier(channel, AlertSetting.Secrets(channel, ("ALERT_TEAMS", $"{address}workflows/abc/triggers/manual/paths/invoke?api-version=1&sig={Signature}")), TimeProvider.System, deadline);
    }
}
