using System.Text.Json.Nodes;

namespace MoneroCloud.Functions;

/// <summary>A parameter of an operation, in its path or its query.</summary>
/// <param name="InPath">It is a part of the path; else of the query, where it may be left out.</param>
/// <param name="Schema">Its type with its bounds and its default, as a JSON Schema.</param>
/// <param name="Repeats">It may be given several times.</param>
internal sealed record ApiParameter(string Name, string Description, JsonObject Schema, bool InPath = false, bool Repeats = false)
{
    public static ApiParameter Path(string name, string description) => new(name, description, new JsonObject { ["type"] = "string" }, InPath: true);

    public static ApiParameter Text(string name, string description) => new(name, description, new JsonObject { ["type"] = "string", ["minLength"] = 1 });

    public static ApiParameter Time(string name, string description) => new(name, description, new JsonObject { ["type"] = "string", ["format"] = "date-time" });

    public static ApiParameter Flag(string name, string description) => new(name, description, new JsonObject { ["type"] = "boolean", ["default"] = false });

    public static ApiParameter Number(string name, string description, int least, int most, int otherwise) =>
        new(name, description, new JsonObject { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most, ["default"] = otherwise });

    /// <summary>By name, in capitals or not.</summary>
    public static ApiParameter Choice<T>(string name, string description, T? otherwise = null)
        where T : struct, Enum => Choice(name, description, Enum.GetNames<T>(), otherwise?.ToString());

    public static ApiParameter Choice(string name, string description, string[] values, string? otherwise)
    {
        var schema = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(v => JsonValue.Create(v))]) };
        if (otherwise is not null)
        {
            schema["default"] = otherwise;
        }

        return new ApiParameter(name, description, schema);
    }

    public JsonObject Described()
    {
        var schema = Schema.DeepClone();
        var described = new JsonObject { ["name"] = Name, ["in"] = InPath ? "path" : "query", ["description"] = Description };
        if (InPath)
        {
            described["required"] = true;
        }

        described["schema"] = Repeats ? new JsonObject { ["type"] = "array", ["items"] = schema } : schema;
        return described;
    }
}
