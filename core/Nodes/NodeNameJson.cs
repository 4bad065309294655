using System.Text.Json;
using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>A name as a JSON string; a text that is no name is a <see cref="JsonException"/>.</summary>
public sealed class NodeNameJson : JsonConverter<NodeName>
{
    public override NodeName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        NodeName.TryParse(reader.GetString(), out var name) ? name : throw new JsonException($"not a name: {NodeName.Rule}");

    public override void Write(Utf8JsonWriter writer, NodeName value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
