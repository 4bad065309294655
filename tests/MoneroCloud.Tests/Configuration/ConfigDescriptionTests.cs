using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ConfigDescriptionTests
{
    private readonly ConfigFolder _folder = new();

    [Fact]
    public void The_schema_in_docs_is_up_to_date() => GeneratedFile.IsUpToDate("docs/agent.schema.json", ConfigSchema.Text());

    [Fact]
    public void The_document_in_docs_is_up_to_date() => GeneratedFile.IsUpToDate("docs/configuration.md", ConfigDocument.Text());

    [Fact]
    public void The_documented_example_is_valid_without_warnings_but_for_its_wallets()
    {
        _folder.WriteExampleSecrets();

        var ok = Assert.IsType<ConfigResult.Ok>(_folder.Read(ConfigExample.Text));

        Assert.Equal(["daemon", "main", "watcher"], ok.Config.Nodes.Select(n => n.Name.ToString()));
        Assert.Equal((TimeSpan.FromMinutes(20), 3), (ok.Config.Diagnosis.BusyBudget, ok.Config.Health.Fail));
        Assert.All(ok.Warnings, w => Assert.EndsWith(".keys does not exist, or cannot be reached", w.Message));
    }

    [Fact]
    public void A_file_without_options_has_the_records_defaults()
    {
        var config = _folder.Accept("{ \"nodes\": [" + ConfigFolder.Daemon + "] }");

        Assert.Equal(
            (SupervisionPolicy.Default, DiagnosisPolicy.Default, HealthPolicy.Default, CheckPolicy.Default, LinkPolicy.Default),
            (config.Supervision, config.Diagnosis, config.Health, config.Checks, config.Monitor));
        Assert.Equal((NodeConfig.DefaultStopBudget, true), (config.Nodes[0].StopBudget, config.Nodes[0].Available));
        Assert.Equal(("host-1", _folder.File, _folder.Folder), (config.Agent.ToString(), config.File, config.Nodes[0].Folder));
    }

    [Fact]
    public void A_file_that_writes_out_every_described_default_says_the_same()
    {
        var sections = Sections().Select(s => $"\"{s.Key}\": {{ {string.Join(", ", s.Options.Where(o => o.Default is not null).Select(o => $"\"{o.Key}\": {o.Default}"))} }}");
        var defaults = string.Join(", ", NodeSettings.Shape.Settings.Where(s => s.Default is not null).Select(s => $"\"{s.Key}\": {s.Default}"));

        var config = _folder.Accept($$"""{ {{string.Join(", ", sections)}}, "nodes": [{ "name": "d", "kind": "daemon", "port": 1, {{defaults}} }] }""");

        Assert.Equal(
            (SupervisionPolicy.Default, DiagnosisPolicy.Default, HealthPolicy.Default, CheckPolicy.Default, LinkPolicy.Default),
            (config.Supervision, config.Diagnosis, config.Health, config.Checks, config.Monitor));
        Assert.Equal((NodeConfig.DefaultStopBudget, true), (config.Nodes[0].StopBudget, config.Nodes[0].Available));
    }

    [Theory]
    [InlineData(typeof(SupervisionPolicy), "supervision")]
    [InlineData(typeof(DiagnosisPolicy), "diagnosis")]
    [InlineData(typeof(HealthPolicy), "health")]
    [InlineData(typeof(CheckPolicy), "checks")]
    [InlineData(typeof(LinkPolicy), "monitor")]
    public void Every_property_of_a_policy_is_an_option(Type policy, string section)
    {
        var properties = policy.GetProperties().Where(p => p.GetMethod is { IsStatic: false }).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name));

        Assert.Equal(properties, Sections().Single(s => s.Key == section).Options.Select(o => o.Key));
    }

    [Fact]
    public void Every_option_sets_its_own_property_and_no_other()
    {
        foreach (var (section, options) in Sections())
        {
            foreach (var option in options)
            {
                var value = Other(option);
                var config = _folder.Accept($$"""{ "{{section}}": { "{{option.Key}}": {{value}} }, "nodes": [{{ConfigFolder.Daemon}}] }""");

                Assert.Equal([$"{section}.{option.Key}"], Changed(config));
            }
        }
    }

    [Fact]
    public void Every_default_is_within_its_bounds_and_every_description_is_a_sentence() => Assert.All(Sections().SelectMany(s => s.Options), option =>
    {
        Assert.EndsWith(".", option.Description);
        Assert.True(option.Shape switch
        {
            ValueShape.Duration when option.Default is null => option.DefaultInWords is { Length: > 0 },
            ValueShape.Duration d => DurationText.TryParse(option.Default!.Trim('"'), out var v) && v >= d.Min && v <= d.Max,
            ValueShape.Whole w => long.Parse(option.Default!, CultureInfo.InvariantCulture) is var v && v >= w.Min && v <= w.Max,
            ValueShape.Share s => double.Parse(option.Default!, CultureInfo.InvariantCulture) is var v && v >= s.Min && v <= s.Max,
            _ => false,
        });
    });

    /// <summary>The policies' options: what names a secret's place is none.</summary>
    private static IEnumerable<(string Key, ImmutableArray<Setting> Options)> Sections() => AgentSettings.Shape.Settings
        .Where(s => s.Shape is ValueShape.Group)
        .Select(s => (s.Key, ((ValueShape.Group)s.Shape).Settings.RemoveAll(o => o.Shape is ValueShape.Text)));

    /// <summary>A valid value that is not the default and breaks no order between options.</summary>
    private static string Other(Setting option)
    {
        var shape = option.Shape;
        return shape switch
        {
            ValueShape.Duration d when option.Default is null => $"\"{DurationText.Format(d.Min)}\"",
            ValueShape.Duration when DurationText.TryParse(option.Default!.Trim('"'), out var v) => $"\"{DurationText.Format(v + TimeSpan.FromMilliseconds(1))}\"",
            ValueShape.Whole => $"{long.Parse(option.Default!, CultureInfo.InvariantCulture) + 1}",
            _ => "0.5",
        };
    }

    private static string[] Changed(AgentConfig config) =>
    [
        .. Differences("supervision", SupervisionPolicy.Default, config.Supervision),
        .. Differences("diagnosis", DiagnosisPolicy.Default, config.Diagnosis),
        .. Differences("health", HealthPolicy.Default, config.Health),
        .. Differences("checks", CheckPolicy.Default, config.Checks),
        .. Differences("monitor", LinkPolicy.Default, config.Monitor),
    ];

    private static IEnumerable<string> Differences<T>(string section, T before, T after) => typeof(T).GetProperties()
        .Where(p => p.GetMethod is { IsStatic: false } && !Equals(p.GetValue(before), p.GetValue(after)))
        .Select(p => $"{section}.{JsonNamingPolicy.CamelCase.ConvertName(p.Name)}");
}
