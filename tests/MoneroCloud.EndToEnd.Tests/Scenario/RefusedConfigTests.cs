using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A monitor that is started with a bad file, as a process.</summary>
public sealed class RefusedConfigTests
{
    [Fact]
    public async Task A_bad_file_at_a_restart_leaves_the_monitor_running_with_the_one_before_and_that_is_told_and_seen()
    {
        await using var monitor = await StandaloneMonitor.StartAsync("bad-file");
        var file = Path.Combine(monitor.Folder, "monitor.json");
        var good = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await monitor.UntilAsync("api/health", (status, body) => status == 200 && body["reason"] is null, withKey: false);
        Assert.Equal(0, await monitor.EndAsync(Signals.Terminate));

        // Not even JSON any more.
        await File.WriteAllTextAsync(file, good[..^1], TestContext.Current.CancellationToken);
        await monitor.StartAgainAsync();
        await monitor.UntilAsync("api/health", (status, body) => status == 200 && (string?)body["reason"] == "configuration", withKey: false);
        Assert.Contains(monitor.Output, l => l.Contains("error: ", StringComparison.Ordinal) && l.Contains("monitor.json:", StringComparison.Ordinal));
        await UntilToldAsync(monitor, "ConfigurationRefused");
        Assert.Equal(0, await monitor.EndAsync(Signals.Terminate));

        await File.WriteAllTextAsync(file, good, TestContext.Current.CancellationToken);
        await monitor.StartAgainAsync();
        await monitor.UntilAsync("api/health", (status, body) => status == 200 && body["reason"] is null, withKey: false);
        await UntilToldAsync(monitor, "Recovered");
        Assert.Equal(0, await monitor.EndAsync(Signals.Terminate));

        // Standalone nothing takes the platform's headers away, whatever its variables say.
        (monitor.Environment["EASY_AUTH_ROLE"], monitor.Environment["WEBSITE_AUTH_ENABLED"]) = ("viewer", "True");
        monitor.BeginAgain();
        Assert.Equal(2, await monitor.EndsAsync());
        Assert.Contains(monitor.Output, l => l.Contains("not started: EASY_AUTH_ROLE is \"viewer\": none, or not set, standalone", StringComparison.Ordinal));
    }

    private static Task<JsonNode> UntilToldAsync(StandaloneMonitor monitor, string kind) => monitor.UntilAsync(
        "api/alerts",
        (status, body) => status == 200 && body["ended"]!.AsArray().Any(a => (string?)a!["alert"]!["kind"] == kind && (string?)a["status"] == "delivered"));
}
