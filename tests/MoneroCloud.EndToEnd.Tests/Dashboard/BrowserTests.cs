using System.Globalization;
using Microsoft.Playwright;
using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The pages in a real browser, against the running monitor with a real agent and wallet-rpc.</summary>
public sealed partial class BrowserTests(DashboardFixture fleet) : IClassFixture<DashboardFixture>
{
    /// <summary>Each kind of page, with the hostile content of the seeded rows wherever it has room for any.</summary>
    private static readonly string[] Pages =
    [
        "/dashboard", "/dashboard/nodes?q=evil", "/dashboard/nodes/evil.node", "/dashboard/nodes/evil.node/confirm/restart", "/dashboard/incidents", $"/dashboard/incidents/{SeededFleet.Incident}",
        $"/dashboard/orders/{SeededFleet.Order}", "/dashboard/agents", "/dashboard/agents/evil", "/dashboard/deliveries", "/dashboard/silences", "/dashboard/audit", "/dashboard/nodes?state=fine", "/dashboard/nodes/nobody.here",
    ];

    private static readonly string Evil = Uri.EscapeDataString(SeededFleet.Hostile);

    /// <summary>Those that show what stands in their address, and other views of the same.</summary>
    private static readonly string[] Views =
    [
        $"/dashboard/nodes?q={Evil}", $"/dashboard/nodes?label={Evil}", $"/dashboard/nodes?agent={Evil}&state={Evil}&condition={Evil}&sort={Evil}", $"/dashboard/nodes/{Evil}", $"/dashboard/orders/{Evil}",
        $"/dashboard/incidents/{Evil}", $"/dashboard/incidents?subject={Evil}&state={Evil}", $"/dashboard/agents/{Evil}", $"/dashboard/audit?subject={Evil}", "/dashboard/audit?subject=evil.node",
        $"/dashboard/deliveries?subject={Evil}", "/dashboard/deliveries?subject=evil.node", $"/dashboard/silences?agent={Evil}&node={Evil}", "/dashboard/nodes/evil.node/confirm/stop", "/dashboard/nodes/evil.node/confirm/disable",
        "/dashboard/incidents?state=all", $"/dashboard/continue?to={Evil}", $"/{Evil}",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_kill_is_seen_without_a_reload_the_incident_acknowledged_and_the_wallet_restarted_from_the_page()
    {
        var page = await fleet.SignInAsync(asOperator: true);
        await page.EvaluateAsync("() => { window.sameDocument = true; }");
        var row = page.Locator("[id='t-host.plain']");
        await Assertions.Expect(row).ToHaveCountAsync(0);

        var before = await fleet.Monitor.UntilUpAsync("host.plain");
        AgentUnderTest.Send((int)before["pid"]!, Signals.Kill);

        await Assertions.Expect(row).ToContainTextAsync("Down", new() { Timeout = 20_000 });
        Assert.True(await page.EvaluateAsync<bool>("() => window.sameDocument === true"));
        await Assertions.Expect(page.Locator("#live")).ToContainTextAsync("Live,");

        await page.Locator("#open").GetByRole(AriaRole.Link, new() { Name = "host.plain" }).ClickAsync();
        await page.GetByLabel("Comment").First.FillAsync("seen to");
        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#incident")).ToContainTextAsync("by operator alice until");

        await page.Locator("#incident").GetByRole(AriaRole.Link, new() { Name = "host.plain" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Restart..." }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("What will happen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Restart host.plain" }).ClickAsync();
        await Assertions.Expect(page.Locator("#order")).ToContainTextAsync("Done", new() { Timeout = 20_000 });
        await Assertions.Expect(page.Locator("#order")).ToContainTextAsync("answers");
        var after = await fleet.Monitor.UntilUpAsync("host.plain");
        Assert.NotEqual((int)before["pid"]!, (int)after["pid"]!);

        await page.GotoAsync("/dashboard/audit?subject=host.plain");
        await Assertions.Expect(page.Locator("#audit")).ToContainTextAsync("acknowledge");
        await Assertions.Expect(page.Locator("#audit")).ToContainTextAsync("restart");
        Assert.Empty(await Browser.ViolationsAsync(page));
        await page.Context.CloseAsync();
    }

    /// <summary>In a private network without TLS a browser says nothing of where a form comes from but its origin.</summary>
    [Fact]
    public async Task Over_plain_http_under_a_name_an_operator_signs_in_acts_and_signs_out()
    {
        var page = await fleet.SignInAsync(asOperator: true, place: "/dashboard/silences", site: new UriBuilder(fleet.Monitor.Url) { Host = Browser.OtherHost }.Uri);
        Assert.False(await page.EvaluateAsync<bool>("() => window.isSecureContext"));

        await page.GetByLabel("Node or agent").FillAsync("evil.node");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin maintenance" }).ClickAsync();
        await Assertions.Expect(page.Locator("#live-silences")).ToContainTextAsync("evil.node");

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Key of a viewer or an operator")).ToBeVisibleAsync();
        Assert.Empty(await Browser.ViolationsAsync(page));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_thousand_nodes_are_searched_filtered_sorted_and_paged_by_keyboard_and_a_link_from_a_mail_gets_in()
    {
        var page = await fleet.SignInAsync(asOperator: false, place: "/dashboard/nodes");
        await Assertions.Expect(page.Locator("#nodes")).ToContainTextAsync("1002 nodes.");
        await Assertions.Expect(page.Locator("#nodes tbody tr")).ToHaveCountAsync(50);

        await page.GetByLabel("Search").FillAsync("NODE-77");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#nodes")).ToContainTextAsync("10 of 1002 nodes fit.");
        await page.GetByLabel("Search").FillAsync("");
        await page.GetByLabel("State").SelectOptionAsync("Down");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Assertions.Expect(page.Locator("#nodes")).ToContainTextAsync("of 1002 nodes fit.");
        await page.GetByRole(AriaRole.Columnheader, new() { Name = "Node", Exact = true }).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.Locator("#nodes tbody th").First).ToHaveTextAsync("evil.node");
        await page.GotoAsync("/dashboard/nodes?sort=Node&size=100");
        await page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        await Assertions.Expect(page.Locator("#nodes")).ToContainTextAsync("Page 2 of 11");

        // Dark by choice, kept on the next page, and drawn so by the server.
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await page.GotoAsync("/dashboard/agents");
        Assert.Equal("dark", await page.Locator("html").GetAttributeAsync("data-theme"));
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Light" })).ToBeVisibleAsync();

        // Another site is another host's name: the session's cookie is strict, and comes along only from a page of ours.
        var target = $"http://127.0.0.1:{fleet.Monitor.Port}/dashboard/incidents/{SeededFleet.Incident}";
        await page.Context.RouteAsync("http://mail.example/**", r => r.FulfillAsync(new() { ContentType = "text/html", Body = $"<a href=\"{target}\">open</a>" }));
        await page.GotoAsync("http://mail.example/");
        await page.GetByText("open").ClickAsync();
        await Assertions.Expect(page.Locator("#timeline")).ToBeVisibleAsync();
        Assert.Equal(target, page.Url);

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("http://mail.example/");
        await page.GetByText("open").ClickAsync();
        await Assertions.Expect(page.GetByLabel("Key of a viewer or an operator")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Every_page_has_no_flaw_for_assistive_technology_runs_no_foreign_script_and_fits_a_phone()
    {
        var page = await fleet.SignInAsync(asOperator: true);
        var (flaws, hostile) = (new List<string>(), 0);
        foreach (var target in Pages)
        {
            await page.SetViewportSizeAsync(1280, 900);
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            await page.GotoAsync(target);
            flaws.AddRange((await Browser.FlawsAsync(page)).Select(f => $"{target}, light: {f}"));
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            flaws.AddRange((await Browser.FlawsAsync(page)).Select(f => $"{target}, dark: {f}"));

            flaws.AddRange((await Browser.ViolationsAsync(page)).Select(v => $"{target}: policy: {v}"));
            flaws.AddRange(await Browser.IsTakenOverAsync(page) ? [$"{target}: a planted script ran"] : []);
            hostile += (await page.Locator("body").TextContentAsync() ?? "").Split(SeededFleet.Seen).Length - 1;

            await page.SetViewportSizeAsync(320, 640);
            flaws.AddRange((await Browser.FlawsAsync(page)).Select(f => $"{target}, on a phone: {f}"));
            var wide = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            flaws.AddRange(wide > 0 ? [$"{target}: {wide} px wider than a phone"] : []);
        }

        foreach (var target in Views)
        {
            await page.GotoAsync(target);
            flaws.AddRange((await Browser.ViolationsAsync(page)).Select(v => $"{target}: policy: {v}"));
            flaws.AddRange(await Browser.IsTakenOverAsync(page) ? [$"{target}: a planted script ran"] : []);
            hostile += (await page.Locator("body").TextContentAsync() ?? "").Split(SeededFleet.Seen).Length - 1;
        }

        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{Pages.Length} pages in light, in dark and on a phone: {flaws.Count} flaws; {hostile} planted texts were shown as text"));
        Assert.True(flaws.Count == 0, string.Join('\n', flaws));
        Assert.InRange(hostile, 80, 400);
        await ControlsAsync(page);
        await page.Context.CloseAsync();
    }

    /// <summary>What was not found would have been.</summary>
    private static async Task ControlsAsync(IPage page)
    {
        await page.GotoAsync("/dashboard");
        await page.EvaluateAsync("() => { const b = document.createElement('button'); document.querySelector('main').append(b); }");
        Assert.StartsWith("button-name: ", Assert.Single(await Browser.FlawsAsync(page)), StringComparison.Ordinal);
        Assert.Empty(await Browser.FlawsAsync(page, "color-contrast"));
        await page.EvaluateAsync("() => { const p = document.createElement('p'); p.textContent = 'hardly seen'; p.style.color = '#1b2027'; document.querySelector('main').append(p); }");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.NotEmpty(await Browser.FlawsAsync(page, "color-contrast"));
        await page.EvaluateAsync("() => { const t = document.createElement('span'); t.className = 'time'; t.textContent = 'x'.repeat(500); document.querySelector('main').append(t); }");
        await page.SetViewportSizeAsync(320, 640);
        Assert.NotInRange(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"), int.MinValue, 0);

        // A script that gets into the page is stopped by the policy, and that is seen; without one it runs, and that is seen too.
        const string Plant = "() => { const s = document.createElement('script'); s.textContent = 'window.pwned = 1'; document.body.append(s); }";
        await page.EvaluateAsync(Plant);
        Assert.False(await Browser.IsTakenOverAsync(page));
        await page.WaitForFunctionAsync("() => window.violations.length > 0");
        await page.GotoAsync("about:blank");
        await page.EvaluateAsync(Plant);
        Assert.True(await Browser.IsTakenOverAsync(page));
    }
}
