using Microsoft.Playwright;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Takes the pictures of the documents: scripts/screenshots.</summary>
public sealed class ScreenshotTests
{
    private const string Variable = "MONEROCLOUD_SCREENSHOTS";
    private const int LargestFile = 300 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Tier", "soak")]
    public async Task The_main_pages_as_a_browser_shows_them()
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"{Variable} is not set: scripts/screenshots sets it");
        await using var monitor = await StandaloneMonitor.StartAsync("pictures", nodes: null, ("PROBE_SCHEDULE", "0 0 3 1 1 *"));
        var now = TimeProvider.System.GetUtcNow();
        await using (var table = new SqliteTable(Path.Combine(monitor.Folder, "data", "state.db"), new TableOptions(), TimeProvider.System))
        {
            await PictureFleet.StoreAsync(table, now, Cancellation);
        }

        await using var browser = await Browser.StartAsync();
        var incident = Incident.IdOf("oslo.payouts", now.AddMinutes(-36), "picture");
        foreach (var (name, target, dark, width, height) in new[]
        {
            ("overview", "/dashboard", false, 1200, 900), ("nodes", "/dashboard/nodes?size=50", false, 1200, 900), ("node", $"/dashboard/nodes/{PictureFleet.Node}", false, 1200, 1500),
            ("incident", $"/dashboard/incidents/{incident}", false, 1200, 900), ("phone-dark", "/dashboard", true, 390, 844),
        })
        {
            var page = await browser.NewPageAsync(monitor.Url, dark, width, height);
            await page.GotoAsync(target);
            await page.GetByLabel("Key of a viewer or an operator").FillAsync((await File.ReadAllTextAsync(monitor.OperatorKeyFile, Cancellation)).Trim());
            await page.GetByLabel("Your name").FillAsync("alice");
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
            var file = Path.Combine(folder!, $"dashboard-{name}.png");
            await page.ScreenshotAsync(new() { Path = file });
            Assert.InRange(new FileInfo(file).Length, 10_000, LargestFile);
            await page.Context.CloseAsync();
        }
    }
}
