using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using NJsonSchema;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>The API's description in OpenAPI says what the running program does, and nothing else.</summary>
public sealed partial class OpenApiTests
{
    /// <summary>What the program answered, as it is approved, by the operation and the status that it belongs to.</summary>
    private static readonly Dictionary<string, string> Answered = new(StringComparer.Ordinal)
    {
        ["health"] = "GET /api/health 503",
        ["health-storage"] = "GET /api/health 503",
        ["nodes"] = "GET /api/nodes 200",
        ["node"] = "GET /api/nodes/{id} 200",
        ["node-remote"] = "GET /api/nodes/{id} 200",
        ["node-silent"] = "GET /api/nodes/{id} 200",
        ["node-held"] = "GET /api/nodes/{id} 200",
        ["node-missing"] = "GET /api/nodes/{id} default",
        ["node-ambiguous"] = "GET /api/nodes/{id} default",
        ["history"] = "GET /api/nodes/{id}/history 200",
        ["uptime"] = "GET /api/nodes/{id}/uptime 200",
        ["rollups"] = "GET /api/nodes/{id}/rollups 200",
        ["agents"] = "GET /api/agents 200",
        ["agent"] = "GET /api/agents/{name} 200",
        ["alerts"] = "GET /api/alerts 200",
        ["alert-test"] = "POST /api/alerts/test 202",
        ["alert-test-pending"] = "GET /api/alerts 200",
        ["refusals"] = "GET /api/refusals 200",
        ["check-remote"] = "POST /api/nodes/{id}/check 200",
        ["check-accepted"] = "POST /api/nodes/{id}/check 202",
        ["check-all"] = "POST /api/nodes/check 200",
        ["restart"] = "POST /api/nodes/{id}/restart 202",
        ["restart-remote"] = "POST /api/nodes/{id}/restart default",
        ["reload"] = "POST /api/agents/{name}/reload 202",
        ["order"] = "GET /api/orders/{id} 200",
        ["orders"] = "GET /api/nodes/{id}/orders 200",
        ["enrolment"] = "POST /api/agents 201",
        ["incidents"] = "GET /api/incidents 200",
        ["incident"] = "GET /api/incidents/{id} 200",
        ["incident-acknowledged"] = "POST /api/incidents/{id}/ack 200",
        ["incident-resolved"] = "POST /api/incidents/{id}/resolve 200",
        ["incident-over"] = "POST /api/incidents/{id}/ack default",
        ["silence"] = "POST /api/silences 201",
        ["silences"] = "GET /api/silences 200",
        ["maintenance"] = "POST /api/maintenance 201",
        ["bad-parameter"] = "GET /api/nodes default",
        ["key-in-address"] = "GET /api/nodes default",
        ["no-key"] = "GET /api/nodes default",
        ["wrong-role"] = "POST /api/nodes/{id}/restart default",
    };

    private static string Text { get; } = OpenApiText.Of(ApiOperations.All);

    private static JsonObject Document { get; } = JsonNode.Parse(Text)!.AsObject();

    /// <summary>All schemas, read once: that takes seconds.</summary>
    private static Lazy<Task<JsonSchema>> Schemas { get; } = new(ReadSchemasAsync);

    [Fact]
    public void The_document_in_docs_is_up_to_date() => GeneratedFile.IsUpToDate("docs/openapi.json", Text);

    [Fact]
    public async Task The_program_serves_it_to_everybody()
    {
        await using var api = await ApiUnderTest.StartAsync();

        var reply = await api.GetAsync("/api/openapi.json", key: null);

        Assert.Equal((200, Text), (reply.Code, reply.Text));
    }

    [Fact]
    public void A_reader_of_OpenAPI_finds_nothing_wrong()
    {
        var read = OpenApiDocument.Parse(Text, "json");

        Assert.NotNull(read.Diagnostic);
        Assert.NotNull(read.Document);
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(ApiOperations.All.Length, read.Document!.Paths.Sum(p => p.Value.Operations!.Count));
        Assert.NotEmpty(OpenApiDocument.Parse(Text.Replace("\"in\": \"path\"", "\"in\": \"pth\"", StringComparison.Ordinal), "json").Diagnostic!.Errors); // The reader does look.
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_every_operation_has_another_id()
    {
        var document = Document;
        var references = Reference().Matches(Text).Select(m => m.Groups[1].Value).Distinct().ToList();

        Assert.NotEmpty(references);
        Assert.All(references, r => Assert.NotNull(r.Split('/')[1..].Aggregate((JsonNode?)document, (node, part) => node?[part])));
        Assert.Equal(ApiOperations.All.Length, ApiOperations.All.Select(o => o.Id()).Distinct().Count());
    }

    [Fact]
    public async Task Every_operation_is_there_with_its_role_and_every_route_is_described()
    {
        await using var api = await ApiUnderTest.StartAsync();
        var mapped = api.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Where(m => m != "HEAD").Select(m => $"{m} {e.RoutePattern.RawText} {e.Metadata.GetMetadata<ApiAccess>()!.Role}"));

        Assert.Equal(mapped.Order(StringComparer.Ordinal), ApiOperations.All.Select(o => $"{o.Method} {o.Path} {o.Role}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_parameters_are_those_that_are_taken_and_their_bounds_hold()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main"));
        await api.StoreAsync(StoredFleet.Agent("host", null, "main"));
        foreach (var operation in ApiOperations.All.Where(o => o.Path is not ("/api/health" or OpenApiEndpoint.Path)))
        {
            var known = operation.Parameters.Where(p => !p.InPath).Select(p => p.Name).ToList();
            var detail = (await SendAsync(api, operation, "zzz=1")).Problem(400);
            Assert.Equal($"{operation.Id()}: zzz is no parameter here: {(known.Count == 0 ? "there are none" : string.Join(", ", known))}", $"{operation.Id()}: {detail}");
            foreach (var number in operation.Parameters.Where(p => p.Schema["minimum"] is not null))
            {
                var (least, most) = ((int)number.Schema["minimum"]!, (int)number.Schema["maximum"]!);
                Assert.Equal($"{number.Name} is {most + 1}: a number from {least} to {most}", (await SendAsync(api, operation, $"{number.Name}={most + 1}")).Problem(400));
            }
        }
    }

    [Fact]
    public async Task What_the_program_answered_is_as_described_and_nothing_else_is_in_it()
    {
        var folder = GeneratedFile.At("tests/MoneroCloud.Tests/Api/Approved");
        var texts = Directory.GetFiles(folder, "*.json").ToDictionary(f => Path.GetFileNameWithoutExtension(f), File.ReadAllText);

        Assert.Equal(texts.Keys.Order(StringComparer.Ordinal), Answered.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, text) in texts)
        {
            Assert.Equal($"{name}: ", $"{name}: {await FaultsAsync(Answered[name], text)}");
        }
    }

    [Theory]
    [InlineData("node", "\"pid\":4711", "\"pid\":\"4711\"")]
    [InlineData("node", "\"state\":", "\"status\":")]
    [InlineData("health", "\"checked_at\":\"", "\"checked_at\":\"not ")]
    [InlineData("incidents", "\"opened_at\"", "\"began_at\"")]
    public async Task What_is_not_as_described_is_found(string name, string good, string bad)
    {
        var text = await File.ReadAllTextAsync(GeneratedFile.At($"tests/MoneroCloud.Tests/Api/Approved/{name}.json"), TestContext.Current.CancellationToken);

        Assert.Contains(good, text, StringComparison.Ordinal);
        Assert.NotEqual("", await FaultsAsync(Answered[name], text.Replace(good, bad, StringComparison.Ordinal)));
    }

    private static Task<ApiReply> SendAsync(ApiUnderTest api, ApiOperation operation, string query)
    {
        var path = operation.Path.Replace("{name}", "host", StringComparison.Ordinal).Replace("{id}", operation.Path.StartsWith("/api/nodes/", StringComparison.Ordinal) ? "host.main" : "a0123456789abcdef01234567", StringComparison.Ordinal);
        return api.SendAsync(operation.Method, $"{path}?{query}", ApiSetup.Operator, operation.BodyRequired ? "{}" : null);
    }

    /// <param name="place">Method, path and status.</param>
    private static async Task<string> FaultsAsync(string place, string json)
    {
        var parts = place.Split(' ');
        var answer = Document["paths"]![parts[1]]![parts[0].ToLowerInvariant()]!["responses"]![parts[2]]!;
        var body = parts[2] == "default" ? Document["components"]!["responses"]!["Problem"]!["content"]![Problem.ContentType]! : answer["content"]!["application/json"]!;
        var name = ((string)body["schema"]!["$ref"]!).Split('/')[^1];
        return string.Join("; ", (await Schemas.Value).Definitions[name].Validate(json).Select(e => $"{e.Path} {e.Kind}"));
    }

    private static Task<JsonSchema> ReadSchemasAsync()
    {
        var schema = new JsonObject { ["definitions"] = Closed(Document)["components"]!["schemas"]!.DeepClone() };
        return JsonSchema.FromJsonAsync(schema.ToJsonString().Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal));
    }

    /// <summary>With no member but those that are described.</summary>
    private static JsonObject Closed(JsonObject described)
    {
        var document = described.DeepClone().AsObject();
        foreach (var schema in document["components"]!["schemas"]!.AsObject().Select(s => s.Value!).SelectMany(Objects).ToList())
        {
            schema["additionalProperties"] = false;
        }

        return document;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode node) => node switch
    {
        JsonArray array => array.OfType<JsonNode>().SelectMany(Objects),
        JsonObject part => part.Where(p => p.Value is not null).SelectMany(p => Objects(p.Value!)).Concat(part["properties"] is JsonObject && part["anyOf"] is null && part["additionalProperties"] is null ? [part] : []),
        _ => [],
    };

    [GeneratedRegex("\"\\$ref\": \"([^\"]+)\"")]
    private static partial Regex Reference();
}
