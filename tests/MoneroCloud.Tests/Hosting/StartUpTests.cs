using System.Net;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class StartUpTests
{
    [Fact]
    public void Without_the_hosts_port_it_is_standalone_on_loopback() =>
        Assert.Equal(new HostMode.Standalone { Listen = new IPEndPoint(IPAddress.Loopback, 7071) }, Ready([]).Mode);

    [Fact]
    public void The_hosts_port_makes_it_a_handler_on_loopback_whatever_else_is_set()
    {
        var mode = Ready([], ("FUNCTIONS_CUSTOMHANDLER_PORT", "8123"), ("ASPNETCORE_URLS", "http://0.0.0.0:80"), ("LISTEN", "0.0.0.0:1")).Mode;
        Assert.Equal(new HostMode.Handler { Listen = new IPEndPoint(IPAddress.Loopback, 8123) }, mode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("+80")]
    [InlineData(" 80")]
    [InlineData("http")]
    [InlineData("99999999999")]
    public void A_bad_port_of_the_host_is_refused_by_name_value_and_bound(string port)
    {
        var error = Refused([], ("FUNCTIONS_CUSTOMHANDLER_PORT", port));
        Assert.Equal($"FUNCTIONS_CUSTOMHANDLER_PORT is \"{port}\": it has to be a port between 1 and 65535", error);
    }

    [Fact]
    public void The_option_wins_over_the_setting()
    {
        Assert.Equal("[::1]:81", $"{Ready([], ("LISTEN", "[::1]:81")).Mode.Listen}");
        Assert.Equal("0.0.0.0:82", $"{Ready(["--listen", "0.0.0.0:82"], ("LISTEN", "[::1]:81")).Mode.Listen}");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost:7071")]
    [InlineData("127.0.0.1:0")]
    [InlineData("127.0.0.1:70000")]
    [InlineData("http://127.0.0.1:80")]
    [InlineData("")]
    public void A_bad_address_to_listen_on_is_refused(string listen)
    {
        Assert.StartsWith($"LISTEN is \"{listen}\"", Refused([], ("LISTEN", listen)), StringComparison.Ordinal);
        Assert.StartsWith($"--listen is \"{listen}\"", Refused(["--listen", listen]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--urls", "http://0.0.0.0:80")]
    [InlineData("--listen")]
    public void An_unknown_argument_is_refused(params string[] arguments) =>
        Assert.Contains("usage", Refused(arguments), StringComparison.Ordinal);

    [Fact]
    public void Schedules_have_a_default_for_each_mode_and_are_settings()
    {
        Assert.Equal(("0 * * * * *", "*/15 * * * * *"), Schedules(Ready([])));
        Assert.Equal(("0 * * * * *", "0 * * * * *"), Schedules(Ready([], ("FUNCTIONS_CUSTOMHANDLER_PORT", "8123"))));
        Assert.Equal(("5 * * * * *", "6 * * * * *"), Schedules(Ready([], ("PROBE_SCHEDULE", "5 * * * * *"), ("SWEEP_SCHEDULE", "6 * * * * *"))));
    }

    [Fact]
    public void A_sections_settings_are_found_by_key() => Assert.Equal(
        new Dictionary<string, string> { ["fullyQualifiedNamespace"] = "a", ["clientId"] = "b" },
        Settings(("ServiceBus__fullyQualifiedNamespace", "a"), ("ServiceBus__clientId", "b"), ("ServiceBus", "c"), ("Other__x", "d")).Section("ServiceBus"));

    private static (string, string) Schedules(StartUp.Ready ready) => (Schedule(ready, "probe"), Schedule(ready, "sweep"));

    private static string Schedule(StartUp.Ready ready, string name) =>
        ((TriggerBinding.Timer)ready.Functions.Single(function => function.Name == name).Trigger).Schedule;

    private static StartUp.Ready Ready(string[] arguments, params (string, string)[] settings) =>
        Assert.IsType<StartUp.Ready>(StartUp.Read(arguments, Settings(settings), AppContext.BaseDirectory));

    private static string Refused(string[] arguments, params (string, string)[] settings) =>
        Assert.IsType<StartUp.Refused>(StartUp.Read(arguments, Settings(settings), AppContext.BaseDirectory)).Error;

    private static AppSettings Settings(params (string Name, string Value)[] settings) =>
        new(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)));
}
