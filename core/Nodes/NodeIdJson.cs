using System.Text.Json;
using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>An id as a JSON string; a text that is no id is a <see cref="JsonException"/>.</summary>
public sealed class NodeIdJson : JsonConverter<NodeId>
{
    public override NodeId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        NodeId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("not a node's id: agent.name");

    public override void Write(Utf8JsonWriter writer, NodeId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
