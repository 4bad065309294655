using System.Text.Json.Serialization;
using MoneroCloud.Core;

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
internal sealed partial class CommandLineJson : JsonSerializerContext;
