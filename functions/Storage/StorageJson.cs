using System.Text.Json.Serialization;

namespace MoneroCloud.Functions;

/// <summary>The documents of the storage's own rows.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LeaseDoc))]
internal sealed partial class StorageJson : JsonSerializerContext;
