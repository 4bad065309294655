using System.Net;
using System.Net.Sockets;
using System.Text;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests.Dashboard;

/// <summary>Whom the platform has let in: off, and on.</summary>
public sealed class EasyAuthTests
{
    private const string Header = "X-MS-CLIENT-PRINCIPAL-NAME";

    [Fact]
    public async Task Whom_the_platform_has_let_in_may_look_and_nothing_else_and_only_where_it_is_switched_on()
    {
        foreach (var isOn in new[] { false, true })
        {
            await using var api = await ApiUnderTest.StartAsync(new ApiSetup { Handler = true, EasyAuth = isOn });
            await api.StoreAsync(StoredFleet.Agent("host", null, "main"));
            await api.StoreAsync(StoredFleet.Node("host.main", HealthState.Down, Condition.Exited));

            var page = await SendAsync(api, "GET", "/dashboard/nodes/host.main", "alice@example.org");
            Assert.Equal(isOn, page.Text.Contains("viewer alice@example.org", StringComparison.Ordinal));
            Assert.Equal(isOn, page.Text.Contains("Exited", StringComparison.Ordinal));
            Assert.DoesNotContain("name=\"token\"", page.Text, StringComparison.Ordinal);
            Assert.Equal(isOn ? 403 : 200, (await SendAsync(api, "POST", "/dashboard/nodes/host.main/restart", "alice@example.org")).Code);
            Assert.Equal(0, api.Bus.Count);
            (await SendAsync(api, "GET", "/api/nodes", "alice@example.org")).Problem(401);

            var hostile = await SendAsync(api, "GET", "/dashboard", "<script>" + new string('x', 100));
            Assert.Equal(isOn, hostile.Text.Contains("viewer somebody", StringComparison.Ordinal));
            Assert.Contains("action=\"/dashboard/login\"", (await SendAsync(api, "GET", "/dashboard", null)).Text, StringComparison.Ordinal);
        }
    }

    public static TheoryData<string, string[][]> Forgeries { get; } = new()
    {
        { "", [["X-MS-CLIENT-PRINCIPAL", Claims("roles", "\"Operator\"")]] }, // Claims without a name.
        { "", [["X-MS-CLIENT-PRINCIPAL", "%%% no base64"]] },
        { "", [["X-MS-CLIENT-PRINCIPAL", Base64("{ no JSON")]] },
        { "", [["X-MS-CLIENT-PRINCIPAL-ID", "1"], ["X-MS-CLIENT-PRINCIPAL-IDP", "aad"], ["X-MS-TOKEN-AAD-ID-TOKEN", "e30.e30.e30"]] },
        { "", [[Header, ""]] },
        { "viewer somebody", [[Header, "alice@example.org, mallory@example.org"]] }, // Two, as what stands in between joins them.
        { "viewer alice@example.org", [["x-ms-client-principal-NAME", "alice@example.org"]] },
        { "viewer alice@example.org", [[Header, "alice@example.org"], ["X-MS-CLIENT-PRINCIPAL", Claims("roles", "\"Operator\"")]] },
        { "viewer alice@example.org", [[Header, "alice@example.org"], ["X-MS-CLIENT-PRINCIPAL", Claims("roles", "[\"Operator\",{\"a\":1},null,7]")]] },
        { "viewer alice@example.org", [[Header, "alice@example.org"], ["X-MS-CLIENT-PRINCIPAL", new string('A', 20_000)]] },
        { "viewer alice@example.org", [[Header, "alice@example.org"], ["Cookie", "monerocloud=forged; AppServiceAuthSession=forged"]] },
        { "viewer operator", [[Header, "operator"]] }, // A name is no role.
        { "viewer somebody", [[Header, new string('x', 20_000)]] },
        { "viewer somebody", [[Header, "alice\u001b[2J"]] },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Whatever_stands_in_the_headers_makes_nobody_more_than_a_viewer(string who, string[][] headers)
    {
        foreach (var isOn in new[] { false, true })
        {
            await using var api = await ApiUnderTest.StartAsync(new ApiSetup { Handler = true, EasyAuth = isOn });
            await api.StoreAsync(StoredFleet.Agent("host", null, "main"));
            await api.StoreAsync(StoredFleet.Node("host.main"));

            var page = await SendAsync(api, "GET", "/dashboard/nodes/host.main", headers);
            Assert.Equal(200, page.Code);
            Assert.Equal(isOn && who.Length > 0, page.Text.Contains($"<span>{who}</span>", StringComparison.Ordinal) && !page.Text.Contains("action=\"/dashboard/login\"", StringComparison.Ordinal));
            Assert.DoesNotContain("name=\"token\"", page.Text, StringComparison.Ordinal);

            // No deed: neither without a token nor with one that was made up, nor as if from a form of ours.
            foreach (var token in new[] { "", "token=", "token=0123456789abcdef0123456789abcdef" })
            {
                var deed = await SendAsync(api, "POST", "/dashboard/nodes/host.main/restart", [.. headers, ["Sec-Fetch-Site", "same-origin"], ["Origin", api.Address.GetLeftPart(UriPartial.Authority)]], token);
                Assert.Equal(isOn && who.Length > 0 ? 403 : 200, deed.Code);
                Assert.Equal(isOn && who.Length > 0, deed.Text.Contains("this needs the role Operator", StringComparison.Ordinal));
            }

            Assert.Equal(0, api.Bus.Count);
            (await SendAsync(api, "GET", "/api/nodes", headers)).Problem(401);
            (await SendAsync(api, "POST", "/api/nodes/host.main/restart", headers)).Problem(401);
        }
    }

    [Fact]
    public async Task Headers_that_are_larger_than_any_are_refused_before_they_are_read()
    {
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup { Handler = true, EasyAuth = true });

        Assert.Equal(431, (await SendAsync(api, "GET", "/dashboard", [[Header, new string('x', 100_000)]])).Code);
        Assert.Equal(200, (await SendAsync(api, "GET", "/dashboard", [[Header, "alice"]])).Code);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task Two_names_are_nobodys(int lines, bool getsIn)
    {
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup { Handler = true, EasyAuth = true });
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, api.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        var names = string.Concat(Enumerable.Repeat($"{Header}: alice\r\n", lines));
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /dashboard HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{names}\r\n"), TestContext.Current.CancellationToken);

        var page = await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 200", page, StringComparison.Ordinal);
        Assert.Equal(getsIn, page.Contains("<span>viewer alice</span>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("", "True", true)]
    [InlineData("none", "True", true)]
    [InlineData("viewer", "True", false)]
    [InlineData("viewer", null, false)]
    [InlineData("operator", null, false)]
    public void The_standalone_monitor_does_not_start_with_it(string? role, string? enabled, bool starts)
    {
        var problem = EasyAuth.ProblemStandalone(Settings(role, enabled));

        Assert.Equal(starts, problem is null);
        Assert.True(starts || problem!.StartsWith($"{Names.EasyAuthSetting} is \"{role}\": none, or not set, standalone", StringComparison.Ordinal), problem);
    }

    [Theory]
    [InlineData(null, null, true, false)]
    [InlineData("none", null, true, false)]
    [InlineData("viewer", "True", true, true)]
    [InlineData("viewer", "False", false, true)]
    [InlineData("viewer", null, false, true)]
    [InlineData("operator", "True", false, false)]
    public void It_is_believed_only_where_the_platform_says_that_it_stands_before_the_app(string? role, string? enabled, bool good, bool isOn)
    {
        var read = EasyAuth.TryRead(Settings(role, enabled), out var on, out var error);

        Assert.Equal((good, isOn), (read, on));
        Assert.Equal(good, error.Length == 0);
        Assert.Equal(!good, error.Contains(Names.EasyAuthSetting, StringComparison.Ordinal));
    }

    private static AppSettings Settings(string? role, string? enabled)
    {
        var settings = new Dictionary<string, string?> { [Names.EasyAuthSetting] = role, [Names.EasyAuthEnabledVariable] = enabled };
        return new AppSettings(settings.Where(s => s.Value is not null).Select(s => KeyValuePair.Create(s.Key, s.Value!)));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Claims(string type, string json) =>
        Base64($$"""{"auth_typ":"aad","claims":[{"typ":"{{type}}","val":{{json}}}],"name_typ":"name","role_typ":"roles"}""");

    private static Task<ApiReply> SendAsync(ApiUnderTest api, string method, string target, string? principal) =>
        SendAsync(api, method, target, principal is null ? [] : [[Header, principal]]);

    private static Task<ApiReply> SendAsync(ApiUnderTest api, string method, string target, string[][] headers, string? form = null) => api.SendAsync(method, target, key: null, change: r =>
    {
        foreach (var header in headers)
        {
            Assert.True(r.Headers.TryAddWithoutValidation(header[0], header[1]));
        }

        r.Content = form is null ? null : new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
    });
}
