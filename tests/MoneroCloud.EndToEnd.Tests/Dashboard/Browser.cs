using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Debian's Chromium without a screen.</summary>
internal sealed class Browser : IAsyncDisposable
{
    /// <summary>Leads here, and is for a browser no place that it trusts without TLS, as 127.0.0.1 is.</summary>
    public const string OtherHost = "monitor.example";

    private const string Program = "/usr/bin/chromium";

    /// <summary>Counts what the policy of a page forbade, and whether a planted script ran, from before the page's first line on.</summary>
    private const string Watch = """
        window.violations = [];
        document.addEventListener('securitypolicyviolation', e => window.violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}`));
        """;

    /// <summary>It is put into each page as the browser's own, past the page's policy.</summary>
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Browser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(20_000);
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", $"--host-resolver-rules=MAP {OtherHost} 127.0.0.1"], Timeout = 60_000 }));
    }

    public async Task<IPage> NewPageAsync(Uri site, bool dark = false, int width = 1280, int height = 900)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = site.ToString(),
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce, // No colour is looked at while it turns into another.
            ViewportSize = new() { Width = width, Height = height },
        });
        context.SetDefaultTimeout(20_000);
        await context.AddInitScriptAsync(Watch);
        await context.AddInitScriptAsync(Axe);
        return await context.NewPageAsync();
    }

    /// <summary>What axe finds by all of its rules on the page as it looks now, in lines.</summary>
    /// <param name="rule">By this one alone.</param>
    public static Task<string[]> FlawsAsync(IPage page, string? rule = null) => page.EvaluateAsync<string[]>(
        """
        async rule => {
            const found = await axe.run(document, { resultTypes: ['violations'], ...(rule ? { runOnly: { type: 'rule', values: [rule] } } : {}) });
            return found.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html).join('; ')}`);
        }
        """,
        rule);

    /// <summary>What the page's policy forbade.</summary>
    public static Task<string[]> ViolationsAsync(IPage page) => page.EvaluateAsync<string[]>("() => window.violations");

    /// <summary>Whether a planted script ran.</summary>
    public static Task<bool> IsTakenOverAsync(IPage page) => page.EvaluateAsync<bool>("() => window.pwned !== undefined");

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
