using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace MoneroCloud.Functions;

/// <summary>The schemas of what bodies hold, made from the types that are written and read: each type once, and named where it is used.</summary>
internal sealed class ApiSchemas
{
    private const string Place = "#/components/schemas/";

    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Type> _names = new(StringComparer.Ordinal);

    /// <summary>All that were asked for, and what they are made of.</summary>
    public JsonObject All() => new(_schemas.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value.DeepClone())));

    /// <summary>A reference to the type's schema.</summary>
    public JsonObject Of(JsonTypeInfo type)
    {
        var named = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        var name = NameOf(named);
        if (_names.TryAdd(name, named))
        {
            _schemas[name] = type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Part });
        }
        else if (_names[name] != named)
        {
            throw new InvalidOperationException($"{type.Type} and {_names[name]} have the same name");
        }

        return new JsonObject { ["$ref"] = Place + name };
    }

    /// <summary>Objects and enums are named; times get their format; null is left out, for a member that is null is not written.</summary>
    private JsonObject Part(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(DateTimeOffset))
        {
            return new JsonObject { ["type"] = "string", ["format"] = "date-time" };
        }

        if (type == typeof(Core.NodeId) || type == typeof(Core.NodeName))
        {
            return new JsonObject { ["type"] = "string" };
        }

        if (schema is not JsonObject part)
        {
            // "true": any JSON, of which readers of OpenAPI know nothing. Where the API has that, it is an object: a key as JWK.
            return new JsonObject { ["type"] = "object" };
        }

        Refine(part, context.TypeInfo);
        var isNamed = type.IsEnum || (context.TypeInfo.Kind == JsonTypeInfoKind.Object && type != typeof(object));
        return context.Path.Length > 0 && context.BaseTypeInfo is null && isNamed ? Of(context.TypeInfo) : part;
    }

    private static void Refine(JsonObject schema, JsonTypeInfo type)
    {
        if (schema["type"] is JsonArray types)
        {
            var left = types.Select(t => t!.GetValue<string>()).Where(t => t != "null").ToArray();
            schema["type"] = left is [var only] ? only : new JsonArray([.. left.Select(t => JsonValue.Create(t))]);
        }

        if (schema["enum"] is JsonArray values)
        {
            schema["enum"] = new JsonArray([.. values.Where(v => v is not null).Select(v => v!.DeepClone())]);
            schema["type"] = "string";
        }

        if (schema["required"] is JsonArray required)
        {
            var optional = type.Properties.Where(p => p.IsGetNullable || Nullable.GetUnderlyingType(p.PropertyType) is not null).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
            var left = required.Select(r => r!.GetValue<string>()).Where(r => !optional.Contains(r)).ToArray();
            schema.Remove("required");
            if (left.Length > 0)
            {
                schema["required"] = new JsonArray([.. left.Select(r => JsonValue.Create(r))]);
            }
        }
    }

    private static string NameOf(Type type) => type.IsNested && type.DeclaringType is { } outer ? NameOf(outer) + type.Name : type.Name;
}
