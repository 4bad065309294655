using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>Who may do what.</summary>
public sealed class AccessTests
{
    /// <summary>Every endpoint there is, with the role it needs; empty: open.</summary>
    public static TheoryData<string, string, string> Routes => new()
    {
        { "GET", "/api/health", "" },
        { "GET", "/api/openapi.json", "" },
        { "GET", "/api/metrics", "Viewer" },
        { "GET", "/api/nodes", "Viewer" },
        { "GET", "/api/nodes/{id}", "Viewer" },
        { "GET", "/api/nodes/{id}/history", "Viewer" },
        { "GET", "/api/nodes/{id}/uptime", "Viewer" },
        { "GET", "/api/nodes/{id}/rollups", "Viewer" },
        { "POST", "/api/nodes/check", "Viewer" },
        { "POST", "/api/nodes/{id}/check", "Viewer" },
        { "POST", "/api/nodes/{id}/restart", "Operator" },
        { "POST", "/api/nodes/{id}/start", "Operator" },
        { "POST", "/api/nodes/{id}/stop", "Operator" },
        { "POST", "/api/nodes/{id}/enable", "Operator" },
        { "POST", "/api/nodes/{id}/disable", "Operator" },
        { "GET", "/api/orders/{id}", "Viewer" },
        { "GET", "/api/nodes/{id}/orders", "Viewer" },
        { "GET", "/api/agents", "Viewer" },
        { "POST", "/api/agents", "Operator" },
        { "GET", "/api/agents/{name}", "Viewer" },
        { "DELETE", "/api/agents/{name}", "Operator" },
        { "GET", "/api/agents/{name}/history", "Viewer" },
        { "POST", "/api/agents/{name}/reload", "Operator" },
        { "GET", "/api/alerts", "Viewer" },
        { "POST", "/api/alerts/test", "Operator" },
        { "GET", "/api/refusals", "Viewer" },
        { "GET", "/api/export", "Operator" },
        { "POST", "/api/import", "Operator" },
        { "GET", "/api/incidents", "Viewer" },
        { "GET", "/api/incidents/{id}", "Viewer" },
        { "POST", "/api/incidents/{id}/ack", "Operator" },
        { "DELETE", "/api/incidents/{id}/ack", "Operator" },
        { "POST", "/api/incidents/{id}/resolve", "Operator" },
        { "GET", "/api/silences", "Viewer" },
        { "POST", "/api/silences", "Operator" },
        { "DELETE", "/api/silences/{id}", "Operator" },
        { "POST", "/api/maintenance", "Operator" },
        { "GET", "/api/audit", "Viewer" },
        { "GET", "/dashboard", "" },
        { "GET", "/dashboard/assets/{name}", "" },
        { "GET", "/dashboard/nodes", "" },
        { "GET", "/dashboard/nodes/{id}", "" },
        { "GET", "/dashboard/nodes/{id}/confirm/restart", "" },
        { "GET", "/dashboard/nodes/{id}/confirm/stop", "" },
        { "GET", "/dashboard/nodes/{id}/confirm/disable", "" },
        { "POST", "/dashboard/nodes/{id}/check", "" },
        { "POST", "/dashboard/nodes/{id}/restart", "" },
        { "POST", "/dashboard/nodes/{id}/start", "" },
        { "POST", "/dashboard/nodes/{id}/stop", "" },
        { "POST", "/dashboard/nodes/{id}/enable", "" },
        { "POST", "/dashboard/nodes/{id}/disable", "" },
        { "GET", "/dashboard/orders/{id}", "" },
        { "GET", "/dashboard/incidents", "" },
        { "GET", "/dashboard/incidents/{id}", "" },
        { "POST", "/dashboard/incidents/{id}/ack", "" },
        { "POST", "/dashboard/incidents/{id}/unack", "" },
        { "POST", "/dashboard/incidents/{id}/resolve", "" },
        { "GET", "/dashboard/agents", "" },
        { "GET", "/dashboard/agents/{name}", "" },
        { "GET", "/dashboard/deliveries", "" },
        { "GET", "/dashboard/silences", "" },
        { "POST", "/dashboard/silences", "" },
        { "POST", "/dashboard/silences/{id}/end", "" },
        { "GET", "/dashboard/audit", "" },
        { "GET", "/dashboard/continue", "" },
        { "POST", "/dashboard/login", "" },
        { "POST", "/dashboard/logout", "" },
    };

    [Fact]
    public async Task Every_endpoint_is_in_the_table_with_its_role()
    {
        await using var api = await ApiUnderTest.StartAsync();

        var mapped = api.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>().Select(e =>
            ($"{e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} {e.RoutePattern.RawText}", e.Metadata.GetMetadata<ApiAccess>()?.Role?.ToString() ?? ""));

        Assert.Equal(Routes.Select(r => ($"{r.Data.Item1} {r.Data.Item2}", r.Data.Item3)).Order(), mapped.Order());
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task An_endpoint_lets_in_whose_key_has_its_role(string method, string pattern, string role)
    {
        await using var api = await ApiUnderTest.StartAsync();
        var target = pattern.Replace("{id}", "host.nobody", StringComparison.Ordinal).Replace("{name}", "nobody", StringComparison.Ordinal);

        var without = await api.SendAsync(method, target, key: null);
        var wrong = await api.SendAsync(method, target, ApiSetup.Operator + "x");
        var viewer = await api.SendAsync(method, target, ApiSetup.Viewer);
        var operators = await api.SendAsync(method, target, ApiSetup.Operator);
        var old = await api.SendAsync(method, target, ApiSetup.OldOperator);

        if (role.Length == 0)
        {
            Assert.DoesNotContain("header x-functions-key", without.Text, StringComparison.Ordinal);
            return;
        }

        Assert.Equal("there is no key: send it as the header x-functions-key, or as Authorization: Bearer", without.Problem(401));
        Assert.Equal("Bearer", without.Headers["WWW-Authenticate"]);
        Assert.Equal("the key is not valid", wrong.Problem(401));
        Assert.Equal(role == "Operator", viewer.Code == 403);
        Assert.NotInRange(operators.Code, 401, 403);
        Assert.NotInRange(old.Code, 401, 403);
    }

    [Theory]
    [InlineData("Bearer {key}", 200)]
    [InlineData("bearer {key}", 200)]
    [InlineData("Bearer  {key} ", 200)]
    [InlineData("Bearer", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData("Basic {key}", 401)]
    [InlineData("{key}", 401)]
    public async Task A_key_is_taken_as_a_bearer_too(string header, int code)
    {
        await using var api = await ApiUnderTest.StartAsync();

        var reply = await api.SendAsync("GET", "/api/nodes", key: null, change: request =>
            request.Headers.TryAddWithoutValidation("Authorization", header.Replace("{key}", ApiSetup.Viewer, StringComparison.Ordinal)));

        Assert.Equal(code, reply.Code);
    }

    [Theory]
    [InlineData("x-functions-key")]
    [InlineData("code")]
    [InlineData("CODE")]
    [InlineData("key")]
    [InlineData("access_token")]
    public async Task A_key_in_the_address_is_refused_with_a_hint_even_where_none_is_needed(string parameter)
    {
        await using var api = await ApiUnderTest.StartAsync();

        foreach (var target in new[] { "/api/nodes", "/api/health", "/dashboard", "/api/nothing" })
        {
            var detail = (await api.GetAsync($"{target}?{parameter}={ApiSetup.Operator}", key: null)).Problem(400);
            Assert.StartsWith("a key does not belong into the address", detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_any_key_configured_nothing_but_the_health_answers()
    {
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup { Keys = new ApiKeys([]) });

        foreach (var key in new[] { null, "", ApiSetup.Operator })
        {
            var detail = (await api.GetAsync("/api/nodes", key)).Problem(503);
            Assert.Equal("no key is configured, so that nobody may come in: set OPERATOR_KEY and VIEWER_KEY", detail);
        }

        Assert.Equal(200, (await api.GetAsync("/api/health", key: null)).Code);
    }

    [Fact]
    public async Task What_does_not_exist_needs_a_key_to_be_told()
    {
        await using var api = await ApiUnderTest.StartAsync();

        (await api.GetAsync("/api/nothing", key: null)).Problem(401);
        Assert.Equal("there is nothing at /api/nothing; docs/api.md lists what there is", (await api.GetAsync("/api/nothing")).Problem(404));
        (await api.GetAsync("/api")).Problem(404);
        (await api.GetAsync("/dashboard/nothing")).Problem(404);
    }

    [Theory]
    [InlineData("DELETE", "/api/nodes", "GET, HEAD")]
    [InlineData("GET", "/api/nodes/host.main/restart", "POST")]
    [InlineData("PUT", "/api/agents/host", "DELETE, GET, HEAD")]
    [InlineData("POST", "/api/health", "GET, HEAD")]
    [InlineData("OPTIONS", "/api/nodes", "GET, HEAD")]
    public async Task Another_method_is_not_allowed_and_told_which_are(string method, string target, string allowed)
    {
        await using var api = await ApiUnderTest.StartAsync();

        var reply = await api.SendAsync(method, target, ApiSetup.Operator);

        Assert.StartsWith($"{method} is not allowed here: ", reply.Problem(405), StringComparison.Ordinal);
        Assert.Equal(allowed, string.Join(", ", reply.Headers["Allow"].Split(", ").Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Every_answer_has_the_headers_that_guard_it_and_none_that_opens_it(string method, string pattern, string role)
    {
        await using var api = await ApiUnderTest.StartAsync();

        var reply = await api.SendAsync(method, pattern.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal), ApiSetup.Viewer, change: request =>
            request.Headers.TryAddWithoutValidation("Origin", "https://evil.example"));

        Assert.Equal("nosniff", reply.Headers["X-Content-Type-Options"]);
        Assert.Equal("DENY", reply.Headers["X-Frame-Options"]);
        Assert.Equal(reply.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true ? "same-origin" : "no-referrer", reply.Headers["Referrer-Policy"]);
        Assert.StartsWith("default-src 'none'", reply.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal("no-store", reply.Headers["Cache-Control"]);
        Assert.DoesNotContain(reply.Headers.Keys, name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        Assert.False(reply.Headers.ContainsKey("Server"), role);
    }

    [Fact]
    public async Task A_head_is_the_same_without_a_body()
    {
        await using var api = await ApiUnderTest.StartAsync();

        var reply = await api.SendAsync("HEAD", "/api/health", key: null);

        Assert.Equal((200, "application/json", ""), (reply.Code, reply.ContentType, reply.Text));
    }

    [Fact]
    public async Task The_platforms_own_claim_of_a_caller_opens_nothing()
    {
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup { Handler = true });

        var reply = await api.SendAsync("GET", "/api/nodes", key: null, change: request => request.Headers.TryAddWithoutValidation("X-MS-CLIENT-PRINCIPAL", "e30="));

        reply.Problem(401);
    }
}
