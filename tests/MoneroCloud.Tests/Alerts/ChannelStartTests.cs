using System.Collections.Immutable;
using System.Net;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Alerts;

/// <summary>From the file and the environment to what a monitor starts with.</summary>
public sealed class ChannelStartTests
{
    private const string Json =
        """
        { "publicUrl": "https://monitor.example.org", "alerts": { "channels": [
          { "name": "team", "kind": "teams", "url": "env:ALERT_TEAMS" },
          { "name": "mail", "kind": "smtp", "host": "h", "from": "a@b", "to": ["c@d"] } ] } }
        """;

    private readonly MonitorFolder _folder = new();

    [Fact]
    public async Task A_start_without_a_secret_is_refused_with_its_name()
    {
        var (used, errors) = await StartAsync();

        Assert.Null(used);
        Assert.Equal(["alerts.channels, team.url: ALERT_TEAMS is not set"], errors);
    }

    [Fact]
    public async Task A_retired_address_is_refused_with_the_reason_and_not_shown()
    {
        _folder.Set("ALERT_TEAMS", "https://contoso.webhook.office.com/webhookb2/hunter2");

        var (used, errors) = await StartAsync();

        Assert.Null(used);
        Assert.StartsWith("alerts.channels, team.url: ALERT_TEAMS is a connector of Office 365, which Microsoft has switched off", Assert.Single(errors), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_all_of_them_the_limits_and_the_address_for_links_are_in_force()
    {
        _folder.Set("ALERT_TEAMS", "https://h/x?sig=hunter2");

        var (used, errors) = await StartAsync();

        Assert.Empty(errors);
        Assert.Equal(("mail", 30), (Assert.Single(used!.Policy.ChannelLimits).Key, used.Policy.ChannelLimits["mail"]));
        Assert.Equal("https://monitor.example.org/", used.Policy.PublicUrl!.AbsoluteUri);
        Assert.Equal("https://h/x?sig=hunter2", used.Secrets.Reveal(AlertSetting.Name("ALERT_TEAMS")));
        Assert.DoesNotContain("hunter2", $"{used}", StringComparison.Ordinal);
    }

    private Task<(UsedConfig? Used, ImmutableArray<string> Errors)> StartAsync()
    {
        File.WriteAllText(_folder.File, Json);
        var ready = new StartUp.Ready(new HostMode.Standalone { Listen = new IPEndPoint(IPAddress.Loopback, 7071) }, TestFunctions.Host, TestFunctions.Shipped);
        return new ConfigChoice(_folder.Source(), _folder.Variables, _ => ready, TimeProvider.System).MakeAsync(() => null, TestContext.Current.CancellationToken);
    }
}
