using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>What is kept of a configuration, in the form of <see cref="CoreJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    MaxDepth = 32)]
[JsonSerializable(typeof(KeptConfigPart))]
[JsonSerializable(typeof(MonitorConfigText))]
internal sealed partial class KeptConfigJson : JsonSerializerContext;
