using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class MonitorDescriptionTests
{
    private readonly MonitorFolder _folder = new();

    [Fact]
    public void The_schema_in_docs_is_up_to_date() => GeneratedFile.IsUpToDate("docs/monitor.schema.json", MonitorSchema.Text());

    [Fact]
    public void The_document_in_docs_is_up_to_date() => GeneratedFile.IsUpToDate("docs/monitor.md", MonitorDocument.Text());

    [Fact]
    public void The_documented_example_is_valid_without_warnings()
    {
        _folder.WriteCertificate("tls/ca.pem");
        _folder.Set("NODE_LOGIN_MAIN", "u:p");
        _folder.Set("NODE_LOGIN_COLD", "u:p");
        _folder.Set("ALERT_SMTP_LOGIN", "u:p");
        _folder.Set("ALERT_TEAMS_URL", "https://h/x");

        var ok = _folder.Accepted(_folder.Read(MonitorExample.Text));

        Assert.Empty(ok.Warnings);
        Assert.Equal(["host-1.main", "remote.cold", "remote.public-daemon"], ok.Config.Nodes.Select(n => n.Id.ToString()));
        Assert.Equal((3, TimeSpan.FromSeconds(30), false), (ok.Config.Health.Fail, ok.Config.Periods.Report, ok.Config.Alerts.Restarted));
    }

    [Fact]
    public void A_file_that_writes_out_every_described_default_says_the_same_as_none()
    {
        var top = MonitorSettings.Shape.Settings.Where(s => s.Default is not null).Select(s => $"\"{s.Key}\": {s.Default}");
        var sections = Sections().Select(s => $"\"{s.Key}\": {{ {string.Join(", ", s.Options.Select(o => $"\"{o.Key}\": {o.Default}"))} }}");

        Assert.Equal(Policies(_folder.Accepted(_folder.Source().Read()).Config), Policies(_folder.Accept($"{{ {string.Join(", ", [.. top, .. sections])} }}")));
    }

    [Theory]
    [InlineData(typeof(ProbePolicy), "probe")]
    [InlineData(typeof(PeriodPolicy), "periods")]
    [InlineData(typeof(HistoryPolicy), "history")]
    [InlineData(typeof(SelfCheckPolicy), "selfCheck")]
    [InlineData(typeof(DeadManPolicy), "deadMan")]
    [InlineData(typeof(RestartPolicy), "restarts")]
    [InlineData(typeof(DiagnosisPolicy), "diagnosis")]
    [InlineData(typeof(HealthPolicy), "health")]
    public void Every_property_of_a_policy_is_an_option(Type policy, string section)
    {
        var properties = policy.GetProperties().Where(p => p.CanWrite && p.GetMethod is { IsStatic: false }).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name));

        Assert.Equal(properties, Sections().Single(s => s.Key == section).Options.Select(o => o.Key));
    }

    [Fact]
    public void Every_property_of_the_alerts_and_their_rules_is_an_option_or_a_list()
    {
        var properties = new[] { typeof(AlertPolicy), typeof(AlertRules) }
            .SelectMany(t => t.GetProperties().Where(p => p.CanWrite && p.GetMethod is { IsStatic: false }).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)));

        Assert.Equal(properties.Order(StringComparer.Ordinal), ((ValueShape.Group)MonitorPolicySettings.Alerts.Section.Shape).Settings.Select(s => s.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_option_sets_its_own_property_and_no_other()
    {
        foreach (var (section, options) in Sections())
        {
            foreach (var option in options)
            {
                Assert.Equal([$"{section}.{option.Key}"], Changed(_folder.Accept($$"""{ "{{section}}": { "{{option.Key}}": {{Other(option)}} } }""")));
            }
        }
    }

    [Fact]
    public void Every_bound_is_kept_on_both_sides()
    {
        foreach (var (section, option) in Sections().SelectMany(s => s.Options.Where(o => o.Shape is not (ValueShape.Truth or ValueShape.Text or ValueShape.Choice)).Select(o => (s.Key, o))))
        {
            var (below, min, max, above) = Bounds(option.Shape);
            var range = $"is out of range, {min.Trim('"')} to {max.Trim('"')}";
            foreach (var wrong in new[] { below, above }.OfType<string>())
            {
                Assert.Contains($"monitor.json:1: {section}.{option.Key}: {wrong} {range}", _folder.Errors(Only(section, option, wrong)));
            }

            foreach (var right in new[] { min, max })
            {
                Assert.DoesNotContain(Texts(_folder.Read(Only(section, option, right))), e => e.Contains("out of range", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("probe", "deadline", "100ms", "30s")]
    [InlineData("probe", "concurrency", "1", "256")]
    [InlineData("periods", "report", "1s", "10m")]
    [InlineData("periods", "silentAfter", "2", "60")]
    [InlineData("history", "retentionDays", "1", "3650")]
    [InlineData("alerts", "lateAfter", "1m", "24h")]
    [InlineData("alerts", "groupWait", "0ms", "10s")]
    [InlineData("alerts", "groupInterval", "0ms", "10m")]
    [InlineData("alerts", "groupMost", "1", "1000")]
    [InlineData("alerts", "remind", "5m", "168h")]
    [InlineData("alerts", "daemonFirst", "0ms", "5m")]
    [InlineData("alerts", "giveUpAfter", "5m", "168h")]
    [InlineData("selfCheck", "deadline", "100ms", "30s")]
    [InlineData("deadMan", "deadline", "1s", "30s")]
    [InlineData("restarts", "share", "0", "1")]
    [InlineData("restarts", "window", "10s", "24h")]
    [InlineData("restarts", "backOff", "1s", "24h")]
    public void The_bounds_are_these(string section, string key, string min, string max)
    {
        var (_, low, high, _) = Bounds(Sections().Single(s => s.Key == section).Options.Single(o => o.Key == key).Shape);

        Assert.Equal((min, max), (low.Trim('"'), high.Trim('"')));
    }

    [Fact]
    public void Every_description_is_a_sentence() =>
        Assert.All(MonitorSettings.Shape.Settings.Concat(Sections().SelectMany(s => s.Options)), s => Assert.EndsWith(".", s.Description));

    private static string Only(string section, Setting option, string value) => $$"""{ "{{section}}": { "{{option.Key}}": {{value}} } }""";

    private static IEnumerable<string> Texts(MonitorConfigResult result) =>
        result is MonitorConfigResult.Refused refused ? refused.Errors.Select(e => e.ToString()) : [];

    /// <summary>The sections with the options that have a default.</summary>
    private static IEnumerable<(string Key, ImmutableArray<Setting> Options)> Sections() => MonitorSettings.Shape.Settings
        .Where(s => s.Shape is ValueShape.Group && s != MonitorSettings.Bus)
        .Select(s => (s.Key, ((ValueShape.Group)s.Shape).Settings.Where(o => o.Default is not null).ToImmutableArray()));

    private static (string? Below, string Min, string Max, string Above) Bounds(ValueShape shape) => shape switch
    {
        ValueShape.Duration d => (d.Min == TimeSpan.Zero ? null : Text(d.Min - TimeSpan.FromMilliseconds(1)), Text(d.Min), Text(d.Max), Text(d.Max + TimeSpan.FromMilliseconds(1))),
        ValueShape.Whole w => ($"{w.Min - 1}", $"{w.Min}", $"{w.Max}", $"{w.Max + 1}"),
        ValueShape.Share s => ("-0.001", Number(s.Min), Number(s.Max), Number(s.Max + 0.001)),
        _ => throw new InvalidOperationException($"no bounds in {shape}"),
    };

    private static string Text(TimeSpan duration) => $"\"{DurationText.Format(duration)}\"";

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A valid value that is not the default and breaks no order between options.</summary>
    private static string Other(Setting option) => option.Shape switch
    {
        ValueShape.Duration when DurationText.TryParse(option.Default!.Trim('"'), out var v) => Text(v + TimeSpan.FromMilliseconds(1)),
        ValueShape.Whole => $"{long.Parse(option.Default!, CultureInfo.InvariantCulture) + 1}",
        ValueShape.Truth => option.Default == "true" ? "false" : "true",
        ValueShape.Choice c => $"\"{c.Values.First(v => $"\"{v}\"" != option.Default)}\"",
        _ => "0.5",
    };

    private static object[] Policies(MonitorConfig c) =>
        [c.Probe, c.Periods, c.History, c.Alerts, c.Rules with { Channels = [] }, c.Restarts, c.SelfCheck, c.DeadMan, c.Diagnosis, c.Health, c.Listen, c.BusListen, c.DataFolder];

    private static string[] Changed(MonitorConfig config) =>
    [
        .. Differences("probe", ProbePolicy.Default, config.Probe),
        .. Differences("periods", PeriodPolicy.Default, config.Periods),
        .. Differences("history", HistoryPolicy.Default, config.History),
        .. Differences("alerts", AlertPolicy.Default, config.Alerts),
        .. Differences("alerts", AlertRules.Default, config.Rules with { Channels = AlertRules.Default.Channels }),
        .. Differences("restarts", RestartPolicy.Default, config.Restarts),
        .. Differences("selfCheck", SelfCheckPolicy.Default, config.SelfCheck),
        .. Differences("deadMan", DeadManPolicy.Default, config.DeadMan),
        .. Differences("diagnosis", DiagnosisPolicy.Default, config.Diagnosis),
        .. Differences("health", HealthPolicy.Default, config.Health),
    ];

    private static IEnumerable<string> Differences<T>(string section, T before, T after) => typeof(T).GetProperties()
        .Where(p => p.CanWrite && p.GetMethod is { IsStatic: false } && !Equals(p.GetValue(before), p.GetValue(after)))
        .Select(p => $"{section}.{JsonNamingPolicy.CamelCase.ConvertName(p.Name)}");
}
