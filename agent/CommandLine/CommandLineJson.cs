using System.Text.Json.Serialization;

namespace MoneroCloud.Agent;

/// <summary>What <c>--json</c> prints.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(NodeNameJson)])]
[JsonSerializable(typeof(NodeStatus))]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(EventEntry))]
internal sealed partial class CommandLineJson : JsonSerializerContext;
