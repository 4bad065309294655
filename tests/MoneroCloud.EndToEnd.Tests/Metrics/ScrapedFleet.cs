using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.Metrics;

/// <summary>
/// A monitor, an agent with a daemon and wallets of every state, and a Prometheus that scrapes them, all real. What is empty in good health has something to
/// tell here: a wallet that cannot be opened, one that does not get ready, an alert that nobody takes, a message that is refused.
/// </summary>
public sealed class ScrapedFleet : IAsyncLifetime
{
    public const string Job = "monerocloud";
    public const string AgentJob = "monerocloud-agent";

    private const string WrongPassword = "planted-password-9317";

    private readonly AgentUnderTest _agent = AgentUnderTest.Create("scraped");
    private readonly int _agentPort = FreePort.Next();
    private StandaloneMonitor? _monitor;
    private RealPrometheus? _prometheus;

    /// <summary>A file of the checkout.</summary>
    internal static string File(string path) => CheckoutFile.Find(path, "it is a part of the checkout", "MoneroCloud.sln");

    internal StandaloneMonitor Monitor => _monitor!;

    internal Uri AgentMetrics => new($"http://127.0.0.1:{_agentPort}/metrics");

    internal RealPrometheus Prometheus => _prometheus!;

    internal AgentUnderTest Agent => _agent;

    /// <summary>What was given to these programs and must be told by none.</summary>
    internal string[] Secrets => [WrongPassword, Wallets.Password, System.IO.File.ReadAllText(Monitor.ViewerKeyFile).Trim(), System.IO.File.ReadAllText(Monitor.OperatorKeyFile).Trim()];

    private static CancellationToken Cancellation => CancellationToken.None;

    public async ValueTask InitializeAsync()
    {
        await StartAgentAsync();
        await RefuseAsync();
        await Monitor.PostAsync("api/alerts/test", new JsonObject { ["channel"] = "nobody" });
        _prometheus = await RealPrometheus.StartAsync(TestRun.NewFolder("prometheus"), Config());
        await Monitor.UntilAsync("api/alerts", (_, body) => body["pending"]!.AsArray().Any(a => (string?)a!["status"] == "deferred"));
        await UntilScrapedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_prometheus is not null)
        {
            await _prometheus.DisposeAsync();
        }

        await _agent.DisposeAsync();
        if (_monitor is not null)
        {
            await _monitor.DisposeAsync();
        }
    }

    private async Task StartAgentAsync()
    {
        await Wallets.MakeOnRegtestAsync(_agent, "alice");
        await Wallets.MakeOnRegtestAsync(_agent, "bob");
        _agent.Configure(
            config => config["metrics"] = new JsonObject { ["listen"] = $"127.0.0.1:{_agentPort}" },
            new NodeUnderTest("chain") { IsDaemon = true },
            new NodeUnderTest("main") { Daemon = "chain", Wallet = ("alice", _agent.WriteSecret("alice.password", Wallets.Password)) },
            new NodeUnderTest("closed") { Daemon = "chain", Wallet = ("bob", _agent.WriteSecret("bob.password", WrongPassword)) },
            new NodeUnderTest("slow") { Program = _agent.WriteProgram("slow", "exec sleep 1000") });
        _monitor = await StandaloneMonitor.StartAsync(
            "scraped-monitor",
            "MoneroCloud.Functions",
            config => config["alerts"] = new JsonObject { ["channels"] = new JsonArray(new JsonObject { ["name"] = "nobody", ["kind"] = "webhook", ["url"] = $"http://127.0.0.1:{FreePort.Next()}/" }) },
            ("PROBE_SCHEDULE", "*/2 * * * * *"),
            ("SWEEP_SCHEDULE", "* * * * * *"));
        await _monitor.EnrolAsync(_agent, Cancellation);
        await _agent.StartAsync(Cancellation);
        await Monitor.UntilAsync("api/nodes/host.closed", (_, node) => (string?)node["state"] == "Degraded");
        await _agent.OrderAsync(ControlVerb.Restart, "closed", Cancellation);
        await Monitor.UntilUpAsync("host.main");
    }

    /// <summary>By the agent's own key of the bus: something that is no report.</summary>
    private async Task RefuseAsync()
    {
        var enrolment = JsonNode.Parse(await System.IO.File.ReadAllTextAsync(Path.Combine(_agent.StateFolder, Names.EnrolmentFile)))!;
        var address = enrolment.AsObject().Select(m => m.Value is JsonValue text && text.TryGetValue(out string? value) ? value : "").First(v => v.StartsWith("Endpoint=", StringComparison.Ordinal));
        await using var bus = new BusConnection(BusAddress.Parse(address), new BusOptions(), TimeProvider.System);
        await bus.SendAsync(Names.ReportsQueue, new BusMessage { MessageId = "garbage", Body = "garbage"u8.ToArray() }, Cancellation);
        await Monitor.UntilAsync("api/refusals", (_, body) => body["refusals"]!.AsArray().Count > 0);
    }

    private string Config() =>
        $"""
        global:
          scrape_interval: 1s
          evaluation_interval: 1s
        rule_files:
          - {File("infra/prometheus/rules.yml")}
        scrape_configs:
          - job_name: {Job}
            metrics_path: /api/metrics
            authorization:
              credentials_file: {Monitor.ViewerKeyFile}
            static_configs:
              - targets: ["127.0.0.1:{Monitor.Port}"]
          - job_name: {AgentJob}
            static_configs:
              - targets: ["127.0.0.1:{_agentPort}"]
        """;

    /// <summary>Often enough that a rate has two points, also of what is read at most each 5 s.</summary>
    private async Task UntilScrapedAsync()
    {
        var begun = TimeProvider.System.GetTimestamp();
        while ((await Prometheus.QueryAsync($"count_over_time(up{{job=~\"{Job}.*\"}}[1m]) > 6", Cancellation)).Count < 2)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(30), $"{await Prometheus.GetAsync("targets", Cancellation)}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }
    }
}
