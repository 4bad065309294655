using System.Text.Json.Serialization;

namespace MoneroCloud.Agent;

/// <summary>The agent's own files and its control socket, in JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(NodeNameJson)])]
[JsonSerializable(typeof(EventEntry))]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlReply))]
[JsonSerializable(typeof(NodeStatus))]
internal sealed partial class AgentJson : JsonSerializerContext;
