using System.Text.RegularExpressions;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>Signing in, and the cookie that stands for a key on the pages.</summary>
public sealed partial class DashboardTests
{
    public const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    [Fact]
    public async Task Without_a_session_there_is_a_form_and_nothing_of_the_fleet()
    {
        await using var api = await FleetAsync();
        foreach (var target in new[] { "/dashboard", "/dashboard/nodes", "/dashboard/nodes/host.main", "/dashboard/agents", "/dashboard/agents/host", "/dashboard/audit", "/dashboard/deliveries", "/dashboard/silences" })
        {
            var reply = await api.GetAsync(target, key: null);

            Assert.Equal((200, "text/html; charset=utf-8"), (reply.Code, reply.ContentType));
            Assert.Contains("""action="/dashboard/login" """.TrimEnd(), reply.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("host.main is", reply.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Exited", reply.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(ApiSetup.Viewer)]
    [InlineData(ApiSetup.Operator)]
    public async Task A_key_in_the_form_opens_the_page_by_a_cookie(string key)
    {
        await using var api = await FleetAsync();

        var login = await LoginAsync(api, key);

        Assert.Equal((303, "/dashboard"), (login.Code, login.Headers["Location"]));
        Assert.Matches(@"^monerocloud_session=[\w.-]+; max-age=43200; path=/dashboard; samesite=strict; httponly$", login.Headers["Set-Cookie"]);
        var page = await PageAsync(api, Cookie(login));
        Assert.Contains("<a href=\"/dashboard/nodes/host.main\">host.main</a>", page.Text, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/dashboard/agents/host\">host</a>", page.Text, StringComparison.Ordinal);
        Assert.Equal(Policy, page.Headers["Content-Security-Policy"]);
        Assert.Equal(1, page.Text.Split("<script").Length - 1);
        Assert.DoesNotContain("<style", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", page.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Behind_the_functions_host_the_cookie_goes_over_https_only()
    {
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup { Handler = true });

        Assert.Contains("; secure;", (await LoginAsync(api, ApiSetup.Viewer)).Headers["Set-Cookie"], StringComparison.Ordinal);
    }

    /// <summary>The proxy before it ends TLS and tells nothing of it; the browser does.</summary>
    [Theory]
    [InlineData("https://monitor.example", true)]
    [InlineData("HTTPS://monitor.example", true)]
    [InlineData("http://monitor.example", false)]
    [InlineData("null", false)]
    [InlineData(null, false)]
    public async Task Behind_a_proxy_that_ends_tls_the_cookie_goes_over_https_only(string? origin, bool secure)
    {
        await using var api = await ApiUnderTest.StartAsync();

        var reply = await api.SendAsync("POST", "/dashboard/login", key: null, change: r =>
        {
            r.Content = new FormUrlEncodedContent([KeyValuePair.Create("key", ApiSetup.Viewer)]);
            r.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
            if (origin is not null)
            {
                r.Headers.TryAddWithoutValidation("Origin", origin);
            }
        });

        Assert.Equal(303, reply.Code);
        Assert.Equal(secure, reply.Headers["Set-Cookie"].Contains("; secure;", StringComparison.Ordinal));
    }

    /// <summary>Else a browser says with a form of ours that it comes from nowhere, which is refused.</summary>
    [Theory]
    [InlineData("/dashboard")]
    [InlineData("/dashboard/nodes/host.main")]
    [InlineData("/dashboard/nodes/nobody.here")]
    public async Task A_page_lets_the_browser_name_its_origin_to_us_and_to_nobody_else(string target)
    {
        await using var api = await FleetAsync();
        var cookie = Cookie(await LoginAsync(api, ApiSetup.Viewer));

        var with = await api.SendAsync("GET", target, key: null, change: r => r.Headers.TryAddWithoutValidation("Cookie", cookie));
        var without = await api.SendAsync("GET", target, key: null);

        Assert.All(new[] { with, without }, reply => Assert.Equal("same-origin", reply.Headers["Referrer-Policy"]));
    }

    /// <summary>A section that is not on the page when it is opened would never come, and one that goes would stay as it was.</summary>
    [Fact]
    public async Task A_nodes_page_has_the_same_sections_whatever_is_known_of_it()
    {
        await using var api = await FleetAsync();
        var bare = NodeRecord.New(StoredFleet.Id("remote.bare"), NodeKind.WalletRpc, ApiSetup.Noon);
        await api.StoreAsync(bare);
        var cookie = Cookie(await LoginAsync(api, ApiSetup.Viewer));

        var sections = new List<string[]>();
        foreach (var node in new[] { "host.main", "remote.bare" })
        {
            var page = await api.SendAsync("GET", $"/dashboard/nodes/{node}", key: null, change: r => r.Headers.TryAddWithoutValidation("Cookie", cookie));
            Assert.Equal(200, page.Code);
            sections.Add([.. Regions().Matches(page.Text).Select(m => m.Groups[1].Value)]);
        }

        Assert.Equal(sections[0], sections[1]);
        Assert.All(new[] { "diagnosis", "evidence", "uptime", "latency", "heights", "ladder", "history", "orders", "process", "config", "worked" }, id => Assert.Contains(id, sections[0]));
    }

    [Fact]
    public async Task A_nodes_page_reads_its_past_once_for_all_that_it_shows_and_not_again_within_a_minute()
    {
        await using var api = await FleetAsync();
        var (reads, ranges) = (api.Table.Reads, api.Table.Ranges);

        Assert.Equal(200, (await api.GetAsync("/dashboard/nodes/host.main")).Code);
        var (first, firstRanges) = (api.Table.Reads - reads, api.Table.Ranges - ranges);
        Assert.Equal(200, (await api.GetAsync("/dashboard/nodes/host.main")).Code);
        var (second, secondRanges) = (api.Table.Reads - reads - first, api.Table.Ranges - ranges - firstRanges);

        // Its history, which names its orders. The first time with it: silences of its agent, gaps of the monitor, hours.
        Assert.Equal((4, 1), (firstRanges, secondRanges));

        // The node and its agent; the first time the node again, since no change says how it came to its state.
        Assert.Equal((3, 2), (first, second));
    }

    /// <summary>Also those that were placed since its past was read, and after others.</summary>
    [Fact]
    public async Task A_nodes_page_shows_its_last_eight_orders_at_once()
    {
        await using var api = await FleetAsync();
        var placed = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            placed.Add(await PlaceAsync(api, ApiSetup.Noon.AddSeconds(i - 20)));
        }

        Assert.Equal(Enumerable.Reverse(placed).Take(8), await OrdersAsync(api));

        placed.Add(await PlaceAsync(api, ApiSetup.Noon));
        Assert.Equal(Enumerable.Reverse(placed).Take(8), await OrdersAsync(api));
    }

    /// <summary>Its agent was read for the list that somebody comes from.</summary>
    [Theory]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    public async Task A_nodes_page_reads_its_agent_unless_the_fleet_was_just_read(int secondsAgo, int reads)
    {
        await using var api = await FleetAsync();
        Assert.Equal(200, (await api.GetAsync("/dashboard/nodes/host.main")).Code);
        Assert.Equal(200, (await api.GetAsync("/dashboard/nodes")).Code);
        api.Clock.Advance(TimeSpan.FromSeconds(secondsAgo));
        var before = api.Table.Reads;

        Assert.Equal(200, (await api.GetAsync("/dashboard/nodes/host.main")).Code);

        Assert.Equal(reads, api.Table.Reads - before);
    }

    [Fact]
    public async Task What_is_not_ours_is_escaped()
    {
        await using var api = await ApiUnderTest.StartAsync();
        var node = StoredFleet.Node("host.main", HealthState.Down);
        await api.StoreAsync(node with { Health = node.Health with { Last = node.Health.Last! with { Explanation = "<script>alert(1)</script>\"'&\u202e\u001b[2J\u00e9" } } });

        foreach (var target in new[] { "/dashboard", "/dashboard/nodes", "/dashboard/nodes/host.main" })
        {
            var page = await api.GetAsync(target);

            Assert.Equal(1, page.Text.Split("<script").Length - 1);
            Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;??[2J&#xE9;", page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_wrong_key_is_told_and_limited_as_everywhere()
    {
        await using var api = await FleetAsync();
        for (var i = 0; i < 10; i++)
        {
            var reply = await LoginAsync(api, "wrong");
            Assert.Equal((401, true), (reply.Code, reply.Text.Contains("The key is not valid.", StringComparison.Ordinal)));
            Assert.False(reply.Headers.ContainsKey("Set-Cookie"));
        }

        Assert.Equal(429, (await LoginAsync(api, "wrong")).Code);
        Assert.Equal(303, (await LoginAsync(api, ApiSetup.Viewer)).Code);
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours()
    {
        await using var api = await FleetAsync();
        var cookie = Cookie(await LoginAsync(api, ApiSetup.Viewer));
        api.Clock.Advance(SessionCookie.Life - TimeSpan.FromSeconds(1));
        Assert.Contains("host.main", (await PageAsync(api, cookie)).Text, StringComparison.Ordinal);

        api.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.DoesNotContain("host.main", (await PageAsync(api, cookie)).Text, StringComparison.Ordinal);
        var live = await api.SendAsync("GET", "/dashboard", key: null, change: r =>
        {
            r.Headers.TryAddWithoutValidation("Cookie", cookie);
            r.Headers.TryAddWithoutValidation(DashboardAccess.LiveHeader, "1");
        });
        live.Problem(401);
    }

    [Fact]
    public async Task A_cookie_that_was_changed_opens_nothing_and_no_cookie_opens_the_api()
    {
        await using var api = await FleetAsync();
        var cookie = Cookie(await LoginAsync(api, ApiSetup.Operator, "alice"));
        for (var i = SessionCookie.Name.Length + 1; i < cookie.Length; i++)
        {
            var changed = cookie[..i] + (cookie[i] == '1' ? '2' : '1') + cookie[(i + 1)..];
            Assert.DoesNotContain("host.main", (await PageAsync(api, changed)).Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("host.main", (await PageAsync(api, $"{SessionCookie.Name}=...")).Text, StringComparison.Ordinal);
        (await api.SendAsync("GET", "/api/nodes", key: null, change: r => r.Headers.TryAddWithoutValidation("Cookie", cookie))).Problem(401);
        (await api.SendAsync("POST", "/api/nodes/host.main/restart", key: null, change: r => r.Headers.TryAddWithoutValidation("Cookie", cookie))).Problem(401);
    }

    [Fact]
    public async Task Another_key_does_not_know_the_cookie()
    {
        await using var api = await FleetAsync();
        var cookie = Cookie(await LoginAsync(api, ApiSetup.Viewer))[(SessionCookie.Name.Length + 1)..];
        var same = new SessionCookie(new ApiKeys([new ApiKey(ApiRole.Viewer, ApiSetup.Viewer)]), api.Clock);
        var replaced = new SessionCookie(new ApiKeys([new ApiKey(ApiRole.Viewer, new string('n', 43))]), api.Clock);

        Assert.NotNull(same.Find(cookie));
        Assert.Null(replaced.Find(cookie));
    }

    [Theory]
    [InlineData("application/json", "{\"key\":\"x\"}")]
    [InlineData("application/x-www-form-urlencoded", "")]
    [InlineData("application/x-www-form-urlencoded", "a=1&b=2&c=3&d=4&e=5&f=6")]
    [InlineData("multipart/form-data; boundary=x", "--x--")]
    public async Task A_form_that_is_none_is_a_wrong_key(string type, string body)
    {
        await using var api = await FleetAsync();

        var reply = await api.SendAsync("POST", "/dashboard/login", key: null, change: r =>
        {
            r.Content = new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes(body));
            r.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        });

        Assert.Equal(401, reply.Code);
    }

    [Fact]
    public async Task Logging_out_takes_the_cookie_away_and_another_sites_form_does_not()
    {
        await using var api = await FleetAsync();

        var reply = await api.SendAsync("POST", "/dashboard/logout", key: null);
        Assert.Equal((303, "/dashboard"), (reply.Code, reply.Headers["Location"]));
        Assert.StartsWith("monerocloud_session=; max-age=0; path=/dashboard", reply.Headers["Set-Cookie"], StringComparison.Ordinal);

        var foreign = await api.SendAsync("POST", "/dashboard/logout", key: null, change: r => r.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "cross-site"));
        Assert.False(foreign.Headers.ContainsKey("Set-Cookie"));
    }

    [Fact]
    public async Task A_link_in_a_mail_goes_on_from_a_page_of_ours_once_and_then_to_the_form()
    {
        await using var api = await FleetAsync();
        var cookie = Cookie(await LoginAsync(api, ApiSetup.Viewer));
        const string Target = "/dashboard/nodes/host.main";

        var bounce = await api.SendAsync("GET", Target, key: null, change: r => FromElsewhere(r));
        const string Next = "/dashboard/continue?to=%2Fdashboard%2Fnodes%2Fhost.main";
        Assert.Contains($"<meta http-equiv=\"refresh\" content=\"0; url={Next}\"", bounce.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exited", bounce.Text, StringComparison.Ordinal);

        var with = await api.SendAsync("GET", Next, key: null, change: r => r.Headers.TryAddWithoutValidation("Cookie", cookie));
        Assert.Equal((303, Target), (with.Code, with.Headers["Location"]));
        var without = await api.SendAsync("GET", Next, key: null, change: r => FromElsewhere(r));
        Assert.Equal(200, without.Code);
        Assert.Contains($"name=\"place\" value=\"{Target}\"", without.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", without.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Style_script_and_icon_are_kept_for_good_under_names_that_change_with_them()
    {
        await using var api = await ApiUnderTest.StartAsync();
        foreach (var (address, type) in new[] { (DashboardAssets.Style, "text/css; charset=utf-8"), (DashboardAssets.Script, "text/javascript; charset=utf-8"), (DashboardAssets.Icon, "image/svg+xml") })
        {
            var reply = await api.GetAsync(address, key: null);
            Assert.Equal((200, type, "public, max-age=31536000, immutable"), (reply.Code, reply.ContentType, reply.Headers["Cache-Control"]));
            Assert.NotEmpty(reply.Text);
            var again = await api.SendAsync("GET", address, key: null, change: r => r.Headers.TryAddWithoutValidation("If-None-Match", reply.Headers["ETag"]));
            Assert.Equal((304, ""), (again.Code, again.Text));
        }

        (await api.GetAsync("/dashboard/assets/dashboard.0000000000000000.css", key: null)).Problem(404);
    }

    internal static Task<ApiReply> LoginAsync(ApiUnderTest api, string key, string? person = null) => api.SendAsync("POST", "/dashboard/login", key: null, change: r =>
        r.Content = new FormUrlEncodedContent(new[] { KeyValuePair.Create("key", key) }.Concat(person is null ? [] : [KeyValuePair.Create("by", person)])));

    internal static string Cookie(ApiReply login) => login.Headers["Set-Cookie"].Split(';')[0];

    [GeneratedRegex("data-region(?:=\"[^\"]*\")? id=\"([a-z]+)\"")]
    private static partial Regex Regions();

    private static void FromElsewhere(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "cross-site");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Mode", "navigate");
    }

    private static async Task<string> PlaceAsync(ApiUnderTest api, DateTimeOffset at)
    {
        var order = new OrderWish(NodeName.Parse("host"), NodeName.Parse("main"), OrderVerb.Restart, "operator").ToRecord(at, OrderPlacing.Life);
        Assert.IsType<CommitResult.Committed>(await api.Monitor.Table.CommitAsync(OrderRows.New(order), TestContext.Current.CancellationToken));
        return order.Order.Id;
    }

    private static async Task<IEnumerable<string>> OrdersAsync(ApiUnderTest api) =>
        OrderLines().Matches((await api.GetAsync("/dashboard/nodes/host.main")).Text).Select(m => m.Groups[1].Value);

    [GeneratedRegex("<tr id=\"o-([0-9a-f]+)\"")]
    private static partial Regex OrderLines();

    private static async Task<ApiUnderTest> FleetAsync()
    {
        var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Agent("host", null, "main"));
        await api.StoreAsync(StoredFleet.Node("host.main", HealthState.Down, Condition.Exited));
        return api;
    }

    private static Task<ApiReply> PageAsync(ApiUnderTest api, string cookie) =>
        api.SendAsync("GET", "/dashboard", key: null, change: r => r.Headers.TryAddWithoutValidation("Cookie", cookie));
}
