using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class MonitorOverrideTests
{
    private readonly MonitorFolder _folder = new();

    [Fact]
    public void A_variable_wins_over_the_file()
    {
        _folder.Set("Probe__Deadline", "2s");

        var config = _folder.Accept("""{ "probe": { "deadline": "3s", "concurrency": 4 } }""");

        Assert.Equal((TimeSpan.FromSeconds(2), 4), (config.Probe.Deadline, config.Probe.Concurrency));
    }

    [Theory]
    [InlineData("PROBE__DEADLINE")]
    [InlineData("probe__deadline")]
    [InlineData("Probe__DeadLine")]
    public void The_case_of_a_variable_with_a_section_does_not_matter(string variable)
    {
        _folder.Set(variable, "2s");

        Assert.Equal(TimeSpan.FromSeconds(2), _folder.Accept("{}").Probe.Deadline);
    }

    [Fact]
    public void Values_of_every_kind_are_taken_with_and_without_a_file()
    {
        foreach (var (variable, value) in new Dictionary<string, string>
        {
            ["Listen"] = "127.0.0.1:8000",
            ["Bus__Listen"] = "127.0.0.1:8001",
            ["Data"] = "elsewhere",
            ["PublicUrl"] = "https://m.example.org",
            ["AgentsBus"] = "amqps://m.example.org:1",
            ["Probe__Concurrency"] = "7",
            ["Periods__Report"] = "90s",
            ["Alerts__Restarted"] = "False",
            ["Diagnosis__DiskLowShare"] = "2.5e-1",
            ["Health__Fail"] = "5",
            ["History__RetentionDays"] = "1",
        })
        {
            _folder.Set(variable, value);
        }

        var config = _folder.Accepted(_folder.Source().Read()).Config;

        Assert.Equal(("127.0.0.1:8000", "127.0.0.1:8001", _folder.At("elsewhere")), (config.Listen.ToString(), config.BusListen.ToString(), config.DataFolder));
        Assert.Equal(("https://m.example.org/", "amqps://m.example.org:1/"), (config.PublicUrl!.ToString(), config.AgentsBus!.ToString()));
        Assert.Equal((7, TimeSpan.FromSeconds(90), false), (config.Probe.Concurrency, config.Periods.Report, config.Alerts.Restarted));
        Assert.Equal((0.25, 5, 1), (config.Diagnosis.DiskLowShare, config.Health.Fail, config.History.RetentionDays));
        Assert.Equal(11, _folder.Accepted(_folder.Source().Read()).Source.Overrides.Count);
    }

    [Theory]
    [InlineData("DATA")]
    [InlineData("data")]
    [InlineData("LISTEN")]
    [InlineData("Nodes")]
    [InlineData("Probe")]
    [InlineData("Probe_Deadline")]
    [InlineData("AzureWebJobsStorage__accountName")]
    [InlineData("ServiceBus__fullyQualifiedNamespace")]
    [InlineData("Listen__X")]
    [InlineData("__Probe")]
    public void A_variable_that_only_looks_like_one_is_left_alone(string variable)
    {
        _folder.Set(variable, "x");

        Assert.Empty(_folder.Accepted(_folder.Read("{}")).Source.Overrides);
    }

    [Theory]
    [InlineData("Probe__Deadlin", "2s", "is not a known setting; did you mean \"Probe__Deadline\"?")]
    [InlineData("probe__x", "2s", "is not a known setting")]
    [InlineData("Probe__", "2s", "is not a known setting")]
    [InlineData("Probe__Deadline__0", "2s", "is not a known setting; did you mean \"Probe__Deadline\"?")]
    [InlineData("Nodes__0__ProbeUrl", "http://h", "only a single value can be set by a variable; \"nodes\" stands in the file")]
    [InlineData("Alerts__Channels__0__Name", "x", "only a single value can be set by a variable; \"alerts.channels\" stands in the file")]
    [InlineData("Probe__Deadline", "40s", "probe.deadline: \"40s\" is out of range, 100ms to 30s")]
    [InlineData("Probe__Deadline", "", "probe.deadline: \"\" must be a duration such as \"500ms\", \"30s\", \"10m\" or \"2h\"")]
    [InlineData("PROBE__CONCURRENCY", "many", "probe.concurrency: \"many\" must be a whole number")]
    [InlineData("Probe__Concurrency", "", "probe.concurrency: must be a whole number")]
    [InlineData("Probe__Concurrency", "1.5", "probe.concurrency: 1.5 must be a whole number")]
    [InlineData("Probe__Concurrency", "257", "probe.concurrency: 257 is out of range, 1 to 256")]
    [InlineData("Diagnosis__DiskLowShare", "1e400", "diagnosis.diskLowShare: 1e400 is out of range, 0 to 1")]
    [InlineData("Alerts__Restarted", "on", "alerts.restarted: \"on\" must be true or false")]
    [InlineData("Listen", "7071", "listen: \"7071\" is not an IP address and a port, such as 127.0.0.1:7071 or [::1]:7071")]
    [InlineData("Bus__Listen", "127.0.0.1:7071", "bus.listen: \"127.0.0.1:7071\" is taken by listen, 127.0.0.1:7071")]
    [InlineData("Diagnosis__StartGrace", "1h", "diagnosis.startGrace: \"1h\" is more than startLimit")]
    [InlineData("Data", "a\0b", "data: must be text")]
    [InlineData("PublicUrl", "https://u:hunter2@h", "publicUrl: is not an address such as https://monitor.example.org, without a query")]
    public void A_wrong_variable_is_refused_by_its_name(string variable, string value, string expected)
    {
        _folder.Set(variable, value);

        Assert.Equal([$"environment variable {variable}: {expected}"], _folder.Errors("{}"));
    }

    [Fact]
    public void Two_spellings_of_one_variable_are_refused()
    {
        _folder.Set("PROBE__DEADLINE", "1s");
        _folder.Set("Probe__Deadline", "2s");

        Assert.Equal(["environment variable Probe__Deadline: is PROBE__DEADLINE once more; keep one of them"], _folder.Errors("{}"));
    }

    [Fact]
    public void What_is_wrong_in_the_file_is_told_with_its_line_beside_what_is_wrong_in_a_variable()
    {
        _folder.Set("Probe__Deadline", "0s");

        Assert.Equal(
            ["environment variable Probe__Deadline: probe.deadline: \"0s\" is out of range, 100ms to 30s", "monitor.json:2: probe.concurrency: 0 is out of range, 1 to 256"],
            _folder.Errors("{\n\"probe\": { \"concurrency\": 0 } }"));
    }

    [Fact]
    public void A_section_that_is_no_object_is_still_refused_with_its_line()
    {
        _folder.Set("Probe__Deadline", "1s");

        Assert.Equal(["monitor.json:1: probe: must be an object, not a number"], _folder.Errors("""{ "probe": 5 }"""));
    }

    [Fact]
    public void A_warning_about_a_variable_names_it()
    {
        _folder.Set("Listen", "0.0.0.0:7071");

        Assert.StartsWith("environment variable Listen: listen: 0.0.0.0:7071 is not a loopback address", Assert.Single(_folder.Warnings("{}")));
    }

    [Fact]
    public void Every_single_value_of_the_file_has_a_variable_that_is_documented_by_its_name()
    {
        var pairs = SettingVariables.All(MonitorSettings.Shape).ToArray();

        Assert.Equal(50, pairs.Length);
        Assert.All(pairs, pair =>
        {
            var folder = new MonitorFolder();
            var variable = SettingVariables.NameOf(pair.Section, pair.Setting);
            folder.Set(variable, Valid(pair.Setting));
            Assert.Equal([variable], folder.Accepted(folder.Source().Read()).Source.Overrides.Keys);
        });
    }

    private static string Valid(Setting setting) => setting.Default?.Trim('"') ?? setting.Key switch
    {
        "data" => "d",
        "publicUrl" or "url" => "https://h",
        "fallback" => "log",
        _ => "amqp://h",
    };
}
