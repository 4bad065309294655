using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>docs/api.md says what there is, and nothing else.</summary>
public sealed class ApiDocumentTests
{
    private const string Document = "docs/api.md";

    [Fact]
    public async Task Every_route_is_in_the_document_and_every_route_of_the_document_is_there()
    {
        await using var api = await ApiUnderTest.StartAsync();
        var mapped = Endpoints(api).SelectMany(e => Methods(e).Where(m => m != "HEAD").Select(m => $"{m} {e.RoutePattern.RawText}"));

        Assert.Equal(mapped.Order(StringComparer.Ordinal), DocumentText.FirstCells(Document, "## Routes").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_route_has_the_role_that_the_document_says()
    {
        await using var api = await ApiUnderTest.StartAsync();
        var lines = await File.ReadAllLinesAsync(GeneratedFile.At(Document), TestContext.Current.CancellationToken);
        foreach (var endpoint in Endpoints(api).Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)))
        {
            foreach (var method in Methods(endpoint).Where(m => m != "HEAD"))
            {
                var role = endpoint.Metadata.GetMetadata<ApiAccess>()!.Role?.ToString().ToLowerInvariant() ?? "open";
                var line = lines.First(l => l.StartsWith($"| `{method} {endpoint.RoutePattern.RawText}` |", StringComparison.Ordinal));
                Assert.StartsWith(role, line.Split('|')[2].Trim(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Every_parameter_of_the_document_is_taken_and_its_bounds_hold()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main"));
        string[] good =
        [
            "/api/nodes?agent=host&state=down&condition=exited&label=a=b&label=c=d&limit=1000&after=host.main", "/api/nodes/host.main/history?limit=500&before=2026-01-31T12:00:00Z",
            "/api/alerts?subject=host.main&limit=500", "/api/alerts?alert=0123456789abcdef01234567", "/api/silences",
            "/api/incidents?state=all&subject=monitor&since=2026-01-31T12:00:00Z&limit=500", "/api/nodes/main/orders?limit=200", "/api/agents", "/api/refusals",
        ];
        foreach (var target in good)
        {
            Assert.Equal(200, (await api.GetAsync(target)).Code);
        }

        string[] bad = ["/api/nodes?limit=1001", "/api/nodes?limit=0", "/api/nodes/main/history?limit=501", "/api/nodes/main/orders?limit=201", "/api/alerts?limit=501", "/api/orders/x?wait=26", "/api/nodes?other=1", "/api/nodes?state=fine", "/api/incidents?limit=501", "/api/alerts?alert=x"];
        foreach (var target in bad)
        {
            (await api.GetAsync(target)).Problem(400);
        }
    }

    [Fact]
    public void Its_JSON_is_the_APIs()
    {
        var blocks = DocumentText.Blocks(Document, "json");

        Assert.Equal(blocks[0], Again(blocks[0], ApiJson.Default.HealthView));
        Assert.Equal(blocks[1], Again(blocks[1], ApiJson.Default.UptimeView));
        Assert.Equal(blocks[2], Again(blocks[2], ApiJson.Default.RollupList));
        Assert.Equal(blocks[3], Again(blocks[3], ApiJson.Default.CheckAnswer));
        Assert.Equal(blocks[4], Again(blocks[4], ApiJson.Default.CheckSummary));
        Assert.Equal(blocks[5], Again(blocks[5], ApiJson.Default.IncidentList));
        Assert.Equal(blocks[6], Again(blocks[6], ApiJson.Default.SilenceRequest));
        Assert.Equal(blocks[7], Again(blocks[7], ApiJson.Default.Problem));
        Assert.Equal(8, blocks.Count);
    }

    private static string Again<T>(string json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type)!, type).Replace("\\u002B", "+", StringComparison.Ordinal);

    private static IEnumerable<RouteEndpoint> Endpoints(ApiUnderTest api) => api.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static IReadOnlyList<string> Methods(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods;
}
