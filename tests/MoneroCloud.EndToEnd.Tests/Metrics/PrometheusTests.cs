using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.Metrics;

/// <summary>A real Prometheus scrapes a real monitor: every rule and every panel finds what it asks for.</summary>
public sealed partial class PrometheusTests(ScrapedFleet fleet) : IClassFixture<ScrapedFleet>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_scrapes_all_targets_and_takes_every_sample()
    {
        await PollAsync(async () => (await fleet.Prometheus.GetAsync("targets", Cancellation))["activeTargets"]!.AsArray(), targets =>
        {
            Assert.Equal(2, targets.Count);
            Assert.All(targets, t => Assert.Equal(("up", ""), ((string?)t!["health"], (string?)t["lastError"])));
        });
        foreach (var job in new[] { ScrapedFleet.Job, ScrapedFleet.AgentJob })
        {
            Assert.Equal("1", await ValueAsync($"monerocloud_node_up{{job=\"{job}\",node=\"host.main\"}}"));
            Assert.Equal("1", await ValueAsync($"monerocloud_node_state{{job=\"{job}\",node=\"host.closed\",state=\"Degraded\",condition=\"NoWalletOpen\"}}"));
        }

        Assert.Equal("counter", (string?)(await fleet.Prometheus.GetAsync("metadata?metric=monerocloud_node_restarts_total", Cancellation))["monerocloud_node_restarts_total"]?[0]?["type"]
            ?? (string?)(await fleet.Prometheus.GetAsync("metadata?metric=monerocloud_node_restarts", Cancellation))["monerocloud_node_restarts"]?[0]?["type"]);
    }

    /// <summary>An alert is empty while all is well: what it compares must be there all the same.</summary>
    [Fact]
    public async Task Every_rule_finds_what_it_compares()
    {
        var groups = (await fleet.Prometheus.GetAsync("rules", Cancellation))["groups"]!.AsArray();
        var rules = groups.SelectMany(g => g!["rules"]!.AsArray()).Select(r => (Name: (string)r!["name"]!, Query: (string)r["query"]!, Error: (string?)r["lastError"])).ToList();

        Assert.True(rules.Count >= 24, $"{rules.Count}");
        Assert.All(rules, r => Assert.True(string.IsNullOrEmpty(r.Error), $"{r}"));
        Assert.Empty(await EmptyAsync(rules.Select(r => Comparison().Replace(r.Query, "$1 bool "))));
    }

    [Fact]
    public async Task Every_query_of_the_dashboard_has_data()
    {
        var dashboard = JsonNode.Parse(await File.ReadAllTextAsync(ScrapedFleet.File("infra/grafana/monerocloud.json"), Cancellation))!;
        var panels = dashboard["panels"]!.AsArray().Where(p => (string?)p!["type"] != "row").ToList();
        var queries = panels.SelectMany(p => p!["targets"]!.AsArray()).Select(t => (string)t!["expr"]!).Select(Substituted).ToList();

        Assert.True(queries.Count >= 25, $"{queries.Count}");
        Assert.All(panels, p => Assert.NotEmpty(p!["targets"]!.AsArray()));
        Assert.Empty(await EmptyAsync(queries));
        foreach (var variable in dashboard["templating"]!["list"]!.AsArray().Where(v => (string?)v!["type"] == "query"))
        {
            var (series, label) = Values().Match(Substituted((string)variable!["definition"]!)) is { Success: true } match ? (match.Groups[1].Value, match.Groups[2].Value) : throw new InvalidOperationException($"{variable}");
            Assert.NotEmpty((await fleet.Prometheus.GetAsync($"label/{label}/values?match[]={Uri.EscapeDataString(series)}", Cancellation)).AsArray());
        }
    }

    [Fact]
    public async Task A_query_for_what_nobody_tells_is_found() => Assert.Equal(["monerocloud_node_sideways"], await EmptyAsync(["monerocloud_node_sideways", "monerocloud_stale"], TimeSpan.FromSeconds(2)));

    [Fact]
    public async Task The_agent_tells_what_its_document_says_and_promtool_has_nothing_to_say_against_it()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var text = await http.GetStringAsync(fleet.AgentMetrics, Cancellation);
        var told = text.Split('\n').Where(l => l.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(l => l.Split(' ')[2]).ToList();
        var document = await File.ReadAllTextAsync(ScrapedFleet.File("docs/metrics.md"), Cancellation);
        var documented = Documented().Matches(document[document.IndexOf("<!-- metrics of the agent -->", StringComparison.Ordinal)..]).Select(m => m.Groups[1].Value).ToList();

        Assert.Equal(documented.Order(), told.Order());
        Assert.All(told, name => Assert.Contains($"\n{name}", text, StringComparison.Ordinal));
        var folder = TestRun.NewFolder("promtool");
        await File.WriteAllTextAsync(Path.Combine(folder, "metrics"), text, Cancellation);
        using var promtool = Process.Start(new ProcessStartInfo("sh", ["-c", "promtool check metrics <metrics"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Assert.Equal("", await promtool.StandardOutput.ReadToEndAsync(Cancellation) + await promtool.StandardError.ReadToEndAsync(Cancellation));
        await promtool.WaitForExitAsync(Cancellation);
        Assert.Equal(0, promtool.ExitCode);
    }

    [Fact]
    public async Task No_secret_and_no_balance_is_told()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var text = await fleet.Monitor.TextAsync("api/metrics") + await http.GetStringAsync(fleet.AgentMetrics, Cancellation);

        Assert.Contains("host.main", text, StringComparison.Ordinal);
        Assert.All(fleet.Secrets, s => Assert.DoesNotContain(s, text, StringComparison.Ordinal));
        Assert.DoesNotContain("balance", text, StringComparison.OrdinalIgnoreCase);
    }

    private static string Substituted(string query) => query
        .Replace("$job", ".*", StringComparison.Ordinal).Replace("$agent", ".*", StringComparison.Ordinal).Replace("$node", ".*", StringComparison.Ordinal)
        .Replace("$__rate_interval", "1m", StringComparison.Ordinal);

    /// <summary>A scrape that the machine was too busy for takes its second, and all is stale until the next: what is empty is asked for again.</summary>
    private async Task<List<string>> EmptyAsync(IEnumerable<string> queries, TimeSpan? patience = null)
    {
        var empty = queries.ToList();
        for (var begun = TimeProvider.System.GetTimestamp(); ; await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Cancellation))
        {
            var found = new List<string>();
            foreach (var query in empty)
            {
                if ((await fleet.Prometheus.QueryAsync(query, Cancellation)).Count > 0)
                {
                    found.Add(query);
                }
            }

            empty = [.. empty.Except(found)];
            if (empty.Count == 0 || TimeProvider.System.GetElapsedTime(begun) > (patience ?? Patience))
            {
                return empty;
            }
        }
    }

    private async Task<string?> ValueAsync(string query) =>
        await EmptyAsync([query]) is [] && await fleet.Prometheus.QueryAsync(query, Cancellation) is [var only] ? (string?)only!["value"]![1] : null;

    private static async Task PollAsync<T>(Func<Task<T>> read, Action<T> check)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); ; await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Cancellation))
        {
            try
            {
                check(await read());
                return;
            }
            catch (Xunit.Sdk.XunitException) when (TimeProvider.System.GetElapsedTime(begun) < Patience)
            {
            }
        }
    }

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Documented();

    [GeneratedRegex("(==|>|<) ")]
    private static partial Regex Comparison();

    [GeneratedRegex(@"^label_values\((.*), (\w+)\)$")]
    private static partial Regex Values();
}
