using System.Text.Json.Nodes;
using Microsoft.Playwright;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>One standalone monitor with a seeded fleet, one agent with a real wallet-rpc, and one browser, for all tests of the pages.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    private StandaloneMonitor? _monitor;
    private AgentUnderTest? _agent;
    private Browser? _browser;

    internal StandaloneMonitor Monitor => _monitor!;

    internal AgentUnderTest Agent => _agent!;

    internal Browser Browser => _browser!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var browser = Browser.StartAsync();

        // No tick comes into the way of what was seeded; the agent's reports need none.
        _monitor = await StandaloneMonitor.StartAsync("dashboard", nodes: null, ("PROBE_SCHEDULE", "0 0 3 1 1 *"));
        await using (var table = new SqliteTable(Path.Combine(_monitor.Folder, "data", "state.db"), new TableOptions(), TimeProvider.System))
        {
            await SeededFleet.StoreAsync(table, TimeProvider.System.GetUtcNow(), Cancellation);
        }

        _agent = AgentUnderTest.Create("dashboard-agent");

        // Killed before it had been ready for long, it stays down for as long as the pages need, whichever test came before.
        _agent.Configure(config => config["supervision"] = new JsonObject { ["readyProof"] = "10m", ["backOffMin"] = "5m", ["backOffMax"] = "5m" }, new NodeUnderTest("plain"));
        await _monitor.EnrolAsync(_agent, Cancellation);
        await _agent.StartAsync(Cancellation);
        await _monitor.UntilUpAsync("host.plain");
        _browser = await browser;
    }

    /// <summary>A browser's page after the form was filled in.</summary>
    /// <param name="site">Null as the monitor names itself.</param>
    internal async Task<IPage> SignInAsync(bool asOperator, bool dark = false, int width = 1280, string place = "/dashboard", Uri? site = null)
    {
        var page = await Browser.NewPageAsync(site ?? Monitor.Url, dark, width);
        await page.GotoAsync(place);
        await page.GetByLabel("Key of a viewer or an operator").FillAsync((await File.ReadAllTextAsync(asOperator ? Monitor.OperatorKeyFile : Monitor.ViewerKeyFile, Cancellation)).Trim());
        await page.GetByLabel("Your name").FillAsync("alice");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        if (_agent is not null)
        {
            await _agent.DisposeAsync();
        }

        if (_monitor is not null)
        {
            await _monitor.DisposeAsync();
        }
    }
}
