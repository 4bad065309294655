using System.Text;
using MoneroCloud.Core;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>
/// What the platform writes about who logged in (Easy Auth), written by a client. Unless it is switched on (EasyAuthTests) the program cannot know whether a request
/// came through the platform: it believes none of it, in either form.
/// </summary>
public sealed class ForgedPrincipalTests
{
    private static readonly string Principal = Convert.ToBase64String(Encoding.UTF8.GetBytes(
        """{"auth_typ":"aad","claims":[{"typ":"roles","val":"Operator"},{"typ":"name","val":"admin"}],"name_typ":"name","role_typ":"roles"}"""));

    private static readonly (string Name, string Value)[] Headers =
    [
        ("X-MS-CLIENT-PRINCIPAL", Principal), ("X-MS-CLIENT-PRINCIPAL-NAME", "admin@example.org"), ("X-MS-CLIENT-PRINCIPAL-ID", "00000000-0000-0000-0000-000000000001"),
        ("X-MS-CLIENT-PRINCIPAL-IDP", "aad"), ("X-MS-TOKEN-AAD-ID-TOKEN", "e30.e30.e30"), ("X-MS-TOKEN-AAD-ACCESS-TOKEN", "e30.e30.e30"), ("X-ZUMO-AUTH", "e30.e30.e30"),
        ("Cookie", "AppServiceAuthSession=forged; ARRAffinity=1"), ("X-Forwarded-For", "203.0.113.9"), ("X-ARR-LOG-ID", "forged"), ("X-ARR-ClientCert", Principal), ("DISGUISED-HOST", "app.azurewebsites.net"),
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_opens_no_endpoint_and_raises_no_role(bool handler)
    {
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup { Handler = handler });
        await api.StoreAsync(StoredFleet.Agent("host", null, "main"));
        await api.StoreAsync(StoredFleet.Node("host.main"));
        foreach (var (method, pattern, role) in AccessTests.Routes.Select(r => (r.Data.Item1, r.Data.Item2, r.Data.Item3)).Where(r => r.Item3.Length > 0))
        {
            var target = pattern.Replace("{id}", "host.main", StringComparison.Ordinal).Replace("{name}", "host", StringComparison.Ordinal);
            Assert.Equal((401, method, target), ((await SendAsync(api, method, target, key: null)).Code, method, target));
            if (role == "Operator")
            {
                Assert.Equal((403, method, target), ((await SendAsync(api, method, target, ApiSetup.Viewer)).Code, method, target));
            }

            api.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var page = await SendAsync(api, "GET", "/dashboard", key: null);
        Assert.DoesNotContain("host.main", page.Text, StringComparison.Ordinal);
        Assert.Contains("<form", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_did_something_is_told_by_the_key_and_not_by_it()
    {
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup { Handler = true });

        (await SendAsync(api, "POST", "/api/agents", ApiSetup.Operator, $$"""{"name":"host","key":{{PublishedKey.Jwk}}}""")).Read(ApiJson.Default.EnrolAnswer, 201);

        Assert.Contains(api.Lines, line => line.Contains("operator at 203.0.113.9 enrolled agent host", StringComparison.Ordinal));
        Assert.DoesNotContain(api.Lines, line => line.Contains("admin", StringComparison.Ordinal));
    }

    private static Task<ApiReply> SendAsync(ApiUnderTest api, string method, string target, string? key, string? json = null) => api.SendAsync(method, target, key, json, request =>
    {
        foreach (var (name, value) in Headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }
    });
}
