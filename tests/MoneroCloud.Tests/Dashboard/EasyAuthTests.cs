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

    [Theory]
    [InlineData(null, null, true, false)]
    [InlineData("none", null, true, false)]
    [InlineData("viewer", "True", true, true)]
    [InlineData("viewer", "False", false, true)]
    [InlineData("viewer", null, false, true)]
    [InlineData("operator", "True", false, false)]
    public void It_is_believed_only_where_the_platform_says_that_it_stands_before_the_app(string? role, string? enabled, bool good, bool isOn)
    {
        var settings = new Dictionary<string, string?> { [Names.EasyAuthSetting] = role, [Names.EasyAuthEnabledVariable] = enabled };

        var read = EasyAuth.TryRead(new AppSettings(settings.Where(s => s.Value is not null).Select(s => KeyValuePair.Create(s.Key, s.Value!))), out var on, out var error);

        Assert.Equal((good, isOn), (read, on));
        Assert.Equal(good, error.Length == 0);
        Assert.Equal(!good, error.Contains(Names.EasyAuthSetting, StringComparison.Ordinal));
    }

    private static Task<ApiReply> SendAsync(ApiUnderTest api, string method, string target, string? principal) => api.SendAsync(method, target, key: null, change: r =>
    {
        if (principal is not null)
        {
            r.Headers.TryAddWithoutValidation(Header, principal);
        }
    });
}
