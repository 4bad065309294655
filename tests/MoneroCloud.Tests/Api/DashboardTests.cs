using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>The page, and the cookie that stands for a key there.</summary>
public sealed class DashboardTests
{
    [Fact]
    public async Task Without_a_session_there_is_a_form_and_nothing_of_the_fleet()
    {
        await using var api = await FleetAsync();

        var reply = await api.GetAsync("/dashboard", key: null);

        Assert.Equal((200, "text/html; charset=utf-8"), (reply.Code, reply.ContentType));
        Assert.Contains("""action="/dashboard/login" """.TrimEnd(), reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("host.main", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ApiSetup.Viewer)]
    [InlineData(ApiSetup.Operator)]
    public async Task A_key_in_the_form_opens_the_page_by_a_cookie(string key)
    {
        await using var api = await FleetAsync();

        var login = await LoginAsync(api, key);

        Assert.Equal((303, "/dashboard"), (login.Code, login.Headers["Location"]));
        Assert.Matches("^monerocloud_session=[0-9a-f.]+; max-age=43200; path=/dashboard; samesite=lax; httponly$", login.Headers["Set-Cookie"]);
        var page = await PageAsync(api, Cookie(login));
        Assert.Contains("<td>host.main</td><td class=\"Down\">Down</td>", page.Text, StringComparison.Ordinal);
        Assert.Contains("<td>host</td>", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'", page.Headers["Content-Security-Policy"]);
    }

    [Fact]
    public async Task Behind_the_functions_host_the_cookie_goes_over_https_only()
    {
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup { Handler = true });

        Assert.Contains("; secure;", (await LoginAsync(api, ApiSetup.Viewer)).Headers["Set-Cookie"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_ours_is_escaped()
    {
        await using var api = await ApiUnderTest.StartAsync();
        var node = StoredFleet.Node("host.main", HealthState.Down);
        await api.StoreAsync(node with { Health = node.Health with { Last = node.Health.Last! with { Explanation = "<script>alert(1)</script>\"'&" } } });

        var page = await api.GetAsync("/dashboard");

        Assert.DoesNotContain("<script", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;", page.Text, StringComparison.Ordinal);
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
    }

    [Fact]
    public async Task A_cookie_that_was_changed_opens_nothing_and_no_cookie_opens_the_api()
    {
        await using var api = await FleetAsync();
        var cookie = Cookie(await LoginAsync(api, ApiSetup.Operator));
        for (var i = SessionCookie.Name.Length + 1; i < cookie.Length; i++)
        {
            var changed = cookie[..i] + (cookie[i] == '1' ? '2' : '1') + cookie[(i + 1)..];
            Assert.DoesNotContain("host.main", (await PageAsync(api, changed)).Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("host.main", (await PageAsync(api, $"{SessionCookie.Name}=..")).Text, StringComparison.Ordinal);
        (await api.SendAsync("GET", "/api/nodes", key: null, change: r => r.Headers.TryAddWithoutValidation("Cookie", cookie))).Problem(401);
    }

    [Fact]
    public async Task Another_key_does_not_know_the_cookie()
    {
        await using var api = await FleetAsync();
        var cookie = Cookie(await LoginAsync(api, ApiSetup.Viewer));
        var replaced = new SessionCookie(new ApiKeys([new ApiKey(ApiRole.Viewer, new string('n', 43))]), api.Clock);

        Assert.False(replaced.IsGood(cookie[(SessionCookie.Name.Length + 1)..]));
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
    public async Task Logging_out_takes_the_cookie_away()
    {
        await using var api = await FleetAsync();

        var reply = await api.SendAsync("POST", "/dashboard/logout", key: null);

        Assert.Equal((303, "/dashboard"), (reply.Code, reply.Headers["Location"]));
        Assert.StartsWith("monerocloud_session=; max-age=0; path=/dashboard", reply.Headers["Set-Cookie"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_style_is_a_file_of_its_own()
    {
        await using var api = await ApiUnderTest.StartAsync();

        var reply = await api.GetAsync("/dashboard/style.css", key: null);

        Assert.Equal((200, "text/css; charset=utf-8", DashboardPage.Style), (reply.Code, reply.ContentType, reply.Text));
    }

    private static async Task<ApiUnderTest> FleetAsync()
    {
        var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Agent("host", null, "main"));
        await api.StoreAsync(StoredFleet.Node("host.main", HealthState.Down, Condition.Exited));
        return api;
    }

    private static Task<ApiReply> LoginAsync(ApiUnderTest api, string key) => api.SendAsync("POST", "/dashboard/login", key: null, change: r =>
        r.Content = new FormUrlEncodedContent([KeyValuePair.Create("key", key)]));

    private static Task<ApiReply> PageAsync(ApiUnderTest api, string cookie) =>
        api.SendAsync("GET", "/dashboard", key: null, change: r => r.Headers.TryAddWithoutValidation("Cookie", cookie));

    private static string Cookie(ApiReply login) => login.Headers["Set-Cookie"].Split(';')[0];
}
