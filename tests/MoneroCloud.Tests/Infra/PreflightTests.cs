using Xunit;

namespace MoneroCloud.Tests;

/// <summary>The hooks before a deployment: what would fail later, or half-way, is refused while nothing is done.</summary>
public sealed class PreflightTests
{
    private readonly HookFolder _folder = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Good_settings_pass_and_nothing_is_changed()
    {
        _folder.Set("SECRET_SETTINGS", "ALERT_TEAMS_URL, NODE_LOGIN_MAIN,OPERATOR_KEY_OLD");
        _folder.Set("ALERT_EMAILS", "ops@example.org,a.b+c@example.org");
        _folder.Set("MAXIMUM_INSTANCE_COUNT", "40");
        _folder.Set("VNET_ENABLED", "true");
        _folder.Set("EXISTING_SUBNET_ID", "/subscriptions/1/resourceGroups/a/providers/Microsoft.Network/virtualNetworks/b/subnets/app-1");
        var run = await _folder.RunAsync("preprovision", Now);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.All(_folder.Calls, c => Assert.Matches("^az (account|provider) show ", c));
    }

    [Theory]
    [InlineData("AGENT_IDS", "host-1,,host-2", "a comma stands between two names, and nowhere else")]
    [InlineData("AGENT_IDS", "host-1,", "a comma stands between two names, and nowhere else")]
    [InlineData("AGENT_IDS", "host_1", "AGENT_IDS has 'host_1': a name is 1 to 39")]
    [InlineData("AGENT_IDS", "host 1", "AGENT_IDS has 'host 1'")]
    [InlineData("AGENT_IDS", "-host", "AGENT_IDS has '-host'")]
    [InlineData("AGENT_IDS", "a123456789012345678901234567890123456789", "a name is 1 to 39")]
    [InlineData("AGENT_IDS", "$(touch x)", "a name is 1 to 39")]
    [InlineData("AGENT_IDS", "remote", "this name stands for something else")]
    [InlineData("AGENT_IDS", "a,monitor", "this name stands for something else")]
    [InlineData("AGENT_IDS", "a,b,a", "AGENT_IDS has 'a' twice")]
    [InlineData("SECRET_SETTINGS", "PATH", "SECRET_SETTINGS has 'PATH': allowed are ALERT_")]
    [InlineData("SECRET_SETTINGS", "OPERATOR_KEY", "SECRET_SETTINGS has 'OPERATOR_KEY'")]
    [InlineData("SECRET_SETTINGS", "ALERT_", "SECRET_SETTINGS has 'ALERT_'")]
    [InlineData("SECRET_SETTINGS", "ALERT_a", "only A-Z, 0-9 and '_'")]
    [InlineData("ALERT_EMAILS", "ops", "ALERT_EMAILS has 'ops': it has to be a mail address")]
    [InlineData("ALERT_EMAILS", "a@b@c", "ALERT_EMAILS has 'a@b@c'")]
    [InlineData("EMAIL_ENABLED", "yes", "EMAIL_ENABLED is 'yes': it has to be true or false")]
    [InlineData("MAXIMUM_INSTANCE_COUNT", "39", "MAXIMUM_INSTANCE_COUNT is '39': it has to be a number from 40 to 1000")]
    [InlineData("MAXIMUM_INSTANCE_COUNT", "1001", "from 40 to 1000")]
    [InlineData("MAXIMUM_INSTANCE_COUNT", "99999999999999999999", "from 40 to 1000")]
    [InlineData("LOG_DAILY_CAP_GB", "0.5", "from 1 to 100")]
    [InlineData("EXISTING_SUBNET_ID", "/subscriptions/1/providers/Microsoft.Network/virtualNetworks/b/subnets/app", "VNET_ENABLED is not true")]
    [InlineData("VNET_ADDRESS_PREFIX", "10.0.0.0/27", "it has to be a range of /16 to /26")]
    public async Task A_setting_out_of_its_bounds_is_refused_by_name_value_and_bound(string variable, string value, string sentence)
    {
        _folder.Set(variable, value);
        var run = await _folder.RunAsync("preprovision", Now);
        Assert.Equal(1, run.Exit);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("my_subnet", "takes no subnet with an underscore in its name")]
    [InlineData("", "takes no subnet with an underscore in its name")]
    public async Task A_subnet_that_Flex_does_not_take_is_refused(string subnet, string sentence)
    {
        _folder.Set("VNET_ENABLED", "true");
        _folder.Set("EXISTING_SUBNET_ID", $"/subscriptions/1/resourceGroups/a/providers/Microsoft.Network/virtualNetworks/b/subnets/{subnet}");
        Assert.Contains(sentence, (await _folder.RunAsync("preprovision", Now)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_is_not_registered_and_a_missing_login_are_told_with_their_cure()
    {
        _folder.Set("VNET_ENABLED", "true");
        _folder.Put("stand-in/provider", "NotRegistered\n");
        Assert.Contains("az provider register --namespace Microsoft.App --wait", (await _folder.RunAsync("preprovision", Now)).Error, StringComparison.Ordinal);
        _folder.Refuse("account show", 1, "ERROR: Please run 'az login' to setup account.");
        Assert.Contains("'az login', as the one who also did 'azd auth login'", (await _folder.RunAsync("preprovision", Now)).Error, StringComparison.Ordinal);
        File.Delete(_folder.At("bin/azd"));
        Assert.Contains("azd is missing: https://", (await _folder.RunAsync("preprovision", Now)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_monitor_json_there_is_nothing_to_check() =>
        Assert.Equal((0, "config check: there is no monitor.json, so that everything has its default\n", ""), Told(await _folder.RunAsync("prepackage", Now)));

    [Fact]
    public async Task A_bad_monitor_json_is_not_packed()
    {
        _folder.Put("monitor.json", """{ "probe": { "concurrency": 0 } }""");
        var run = await _folder.RunAsync("prepackage", Now);
        Assert.Equal(1, run.Exit);
        Assert.Contains("monitor.json:1: probe.concurrency: 0 is out of range, 1 to 256", run.Error, StringComparison.Ordinal);
        Assert.Contains("monitor.json is refused, see above: nothing is packed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_monitor_json_whose_secrets_the_app_does_not_have_is_not_packed()
    {
        _folder.Put(
            "monitor.json",
            """
            {
              // "url": "env:ALERT_OLD" is only told of
              "nodes": { "remote.cold": { "kind": "walletRpc", "probeUrl": "https://cold.example.org:18082", "loginSecret": "NODE_LOGIN_COLD" } },
              "alerts": { "channels": [{ "name": "team", "kind": "teams", "url": "env:ALERT_TEAMS_URL" }] },
              "deadMan": { "url": "env:ALERT_PING" },
            }
            """);
        // What the shell has is no setting of the monitor.
        _folder.Set("Probe__Concurrency", "0");
        _folder.Set("SECRET_SETTINGS", "ALERT_PING");
        var run = await _folder.RunAsync("prepackage", Now);
        Assert.Equal(1, run.Exit);
        Assert.Contains("monitor.json names secrets that are no settings of the app: ALERT_TEAMS_URL NODE_LOGIN_COLD.", run.Error, StringComparison.Ordinal);

        _folder.Set("SECRET_SETTINGS", "ALERT_PING, ALERT_TEAMS_URL, NODE_LOGIN_COLD");
        run = await _folder.RunAsync("prepackage", Now);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains("monitor.json: good; 1 nodes, 1 channels", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not set", run.Output, StringComparison.Ordinal);
    }

    private static (int, string, string) Told(ToolRun run) => (run.Exit, run.Output, run.Error);
}
