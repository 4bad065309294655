using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The API's description in OpenAPI 3.1, for generators of clients and other tools. Pure.</summary>
internal static class OpenApiText
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="operations">Each with another method and path.</param>
    public static string Of(IEnumerable<ApiOperation> operations)
    {
        var schemas = new ApiSchemas();
        var problem = new JsonObject
        {
            ["description"] = "It was refused, or cannot be done now; docs/api.md says which status when",
            ["content"] = new JsonObject { [Problem.ContentType] = new JsonObject { ["schema"] = schemas.Of(ApiJson.Default.Problem) } },
        };
        var paths = new JsonObject();
        foreach (var path in operations.GroupBy(o => o.Path).OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            paths[path.Key] = new JsonObject(path.Select(o => KeyValuePair.Create(o.Method.ToLowerInvariant(), (JsonNode?)Operation(o, schemas))));
        }

        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = Info(),
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.All(),
                ["responses"] = new JsonObject { ["Problem"] = problem },
                ["securitySchemes"] = new JsonObject
                {
                    ["key"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "x-functions-key" },
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
                },
            },
        };
        return document.ToJsonString(Written) + "\n";
    }

    public static byte[] Bytes(IEnumerable<ApiOperation> operations) => Encoding.UTF8.GetBytes(Of(operations));

    private static JsonObject Info() => new()
    {
        ["title"] = "MoneroCloud",
        ["version"] = "1",
        ["description"] = "The API of a monitor of monero-wallet-rpc and monerod processes. Members are added, never renamed or taken away; null members are left out.",
    };

    private static JsonObject Operation(ApiOperation operation, ApiSchemas schemas)
    {
        var described = new JsonObject { ["operationId"] = operation.Id(), ["summary"] = operation.Summary, ["description"] = Access(operation.Role) };
        if (!operation.Parameters.IsEmpty)
        {
            described["parameters"] = new JsonArray([.. operation.Parameters.Select(p => p.Described())]);
        }

        if (operation.Body is { } body)
        {
            described["requestBody"] = new JsonObject { ["required"] = operation.BodyRequired, ["content"] = Json(schemas.Of(body)) };
        }

        var responses = new JsonObject(operation.Answers.Select(a => KeyValuePair.Create($"{a.Status}", (JsonNode?)Answer(a, schemas)))) { ["default"] = new JsonObject { ["$ref"] = "#/components/responses/Problem" } };
        described["responses"] = responses;
        described["security"] = operation.Role is null ? new JsonArray() : new JsonArray(new JsonObject { ["key"] = new JsonArray() }, new JsonObject { ["bearer"] = new JsonArray() });
        return described;
    }

    private static JsonObject Answer(DescribedAnswer answer, ApiSchemas schemas)
    {
        var described = new JsonObject { ["description"] = answer.Description };
        if (answer.Type is { } type)
        {
            described["content"] = Json(schemas.Of(type));
        }
        else if (answer.ContentType is { } other)
        {
            described["content"] = new JsonObject { [other] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } } };
        }

        return described;
    }

    private static JsonObject Json(JsonObject schema) => new() { ["application/json"] = new JsonObject { ["schema"] = schema } };

    private static string Access(ApiRole? role) => role switch
    {
        null => "Open: it needs no key.",
        ApiRole.Viewer => "Needs the key of a viewer or an operator.",
        _ => "Needs the key of an operator.",
    };
}
