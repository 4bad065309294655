using Microsoft.Playwright;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Debian's Chromium without a screen.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";

    /// <summary>Counts what the policy of a page forbade, and whether a planted script ran, from before the page's first line on.</summary>
    private const string Watch = """
        window.violations = [];
        document.addEventListener('securitypolicyviolation', e => window.violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}`));
        """;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Browser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"], Timeout = 60_000 }));
    }

    public async Task<IPage> NewPageAsync(Uri site, bool dark = false, int width = 1280, int height = 900)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = site.ToString(),
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = height },
        });
        context.SetDefaultTimeout(20_000);
        await context.AddInitScriptAsync(Watch);
        return await context.NewPageAsync();
    }

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
