using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>The JSON of core's own types: snake_case, null members left out, enums as their names, unknown members ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(WorkedData))]
[JsonSerializable(typeof(MethodAnswer))]
[JsonSerializable(typeof(CheckSummary))]
public sealed partial class CoreJson : JsonSerializerContext;
