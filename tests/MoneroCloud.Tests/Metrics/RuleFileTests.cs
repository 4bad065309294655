using System.Text.RegularExpressions;
using MoneroCloud.Testing;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace MoneroCloud.Tests.Metrics;

/// <summary>The rules in infra/prometheus: sound, tried, and about metrics that there are.</summary>
public sealed partial class RuleFileTests
{
    private const string Folder = "infra/prometheus";

    private static readonly IReadOnlyList<YamlMappingNode> Rules =
        [.. Items(Document("rules.yml"), "groups").SelectMany(g => Items(g, "rules"))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("check", "rules", "rules.yml")]
    [InlineData("check", "config", "--syntax-only", "prometheus.yml")]
    [InlineData("test", "rules", "rules.test.yml")]
    public async Task Promtool_accepts(params string[] arguments)
    {
        var run = await ToolRun.OfAsync("promtool", arguments, GeneratedFile.At(Folder), null, Cancellation);

        Assert.True(run.Exit == 0, run.Output + run.Error);
    }

    /// <summary>Mistakes in three rules at once, since promtool takes seconds: it names the alerts of each, and no other.</summary>
    [Fact]
    public async Task Rules_that_are_wrong_are_found()
    {
        var folder = TestRun.NewFolder("rules");
        var text = await File.ReadAllTextAsync(GeneratedFile.At($"{Folder}/rules.yml"), Cancellation);
        var wrong = text
            .Replace("min by (node) (monerocloud_node_up) == 0", "min by (node) (monerocloud_node_up) == 1", StringComparison.Ordinal)
            .Replace("max > 20", "max > 10", StringComparison.Ordinal)
            .Replace("for: 30m", "for: 3h", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, "rules.yml"), wrong, Cancellation);
        File.Copy(GeneratedFile.At($"{Folder}/rules.test.yml"), Path.Combine(folder, "rules.test.yml"));

        var run = await ToolRun.OfAsync("promtool", ["test", "rules", "rules.test.yml"], folder, null, Cancellation);

        Assert.NotEqual(0, run.Exit);
        Assert.Equal(
            ["MonerocloudDeadLetters", "MonerocloudIncidentUnseen", "MonerocloudNodeDegraded", "MonerocloudNodeDown", "MonerocloudWalletBehind"],
            Named(run.Output + run.Error));

        static IEnumerable<string> Named(string told) => FailedAlert().Matches(told).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Each_alert_has_a_case_in_which_it_fires_and_one_in_which_it_does_not()
    {
        var cases = Items(Document("rules.test.yml"), "tests")
            .SelectMany(t => t.Children.ContainsKey("alert_rule_test") ? Items(t, "alert_rule_test") : [])
            .Select(t => (Name: Text(t, "alertname"), Fires: ((YamlSequenceNode)t["exp_alerts"]).Children.Count > 0)).ToLookup(t => t.Name, t => t.Fires);
        var alerts = Rules.Where(r => r.Children.ContainsKey("alert")).Select(r => Text(r, "alert")).ToList();

        Assert.True(alerts.Count >= 20, $"{alerts.Count}");
        Assert.All(alerts, a => Assert.True(cases[a].Contains(true) && cases[a].Contains(false), a));
        Assert.Empty(cases.Select(c => c.Key).Except(alerts));
    }

    [Fact]
    public void Each_alert_says_what_is_wrong_and_leads_to_what_to_do()
    {
        foreach (var alert in Rules.Where(r => r.Children.ContainsKey("alert")))
        {
            var annotations = (YamlMappingNode)alert["annotations"];
            Assert.NotEmpty(Text(annotations, "summary"));
            Assert.NotEmpty(Text(annotations, "description"));
            Assert.Contains(Text((YamlMappingNode)alert["labels"], "severity"), new[] { "warning", "critical" });
            var target = Text(annotations, "runbook").Split('#');
            var lines = File.ReadAllLines(GeneratedFile.At(target[0]));
            Assert.True(target.Length == 1 || lines.Any(l => l.StartsWith('#') && Anchor(l) == target[1]), Text(annotations, "runbook"));
        }
    }

    [Fact]
    public void Rules_and_dashboard_ask_for_metrics_that_there_are()
    {
        string[] known = [.. MetricsDocumentTests.Rows("monitor").Concat(MetricsDocumentTests.Rows("agent")).SelectMany(r => r.Type == "histogram" ? [$"{r.Name}_bucket", $"{r.Name}_sum", $"{r.Name}_count"] : new[] { r.Name })];
        var asked = new[] { $"{Folder}/rules.yml", "infra/grafana/monerocloud.json" }.SelectMany(f => Named().Matches(File.ReadAllText(GeneratedFile.At(f))).Select(m => m.Value)).Distinct().ToList();

        Assert.True(asked.Count >= 30, $"{asked.Count}");
        Assert.Empty(asked.Except(known));
    }

    private static string Anchor(string heading) => Spaces().Replace(NotInAnchor().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), ""), "-");

    private static YamlMappingNode Document(string file)
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(GeneratedFile.At($"{Folder}/{file}"));
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static IEnumerable<YamlMappingNode> Items(YamlMappingNode node, string key) => ((YamlSequenceNode)node[key]).Children.Cast<YamlMappingNode>();

    private static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value!;

    /// <summary>Not what a rule itself is called: that has a colon, or begins with a capital.</summary>
    [GeneratedRegex(@"(?<![:\w])(monerocloud|process|dotnet)_\w+(?!:)")]
    private static partial Regex Named();

    [GeneratedRegex(@"\balertname: (\w+)")]
    private static partial Regex FailedAlert();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(" ")]
    private static partial Regex Spaces();
}
