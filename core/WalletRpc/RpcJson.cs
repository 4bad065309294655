using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>The JSON of the node's RPC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = 32)]
[JsonSerializable(typeof(OpenWalletCall))]
[JsonSerializable(typeof(RpcEnvelope<VersionResult>), TypeInfoPropertyName = "Version")]
[JsonSerializable(typeof(RpcEnvelope<HeightResult>), TypeInfoPropertyName = "Height")]
[JsonSerializable(typeof(RpcEnvelope<InfoResult>), TypeInfoPropertyName = "Info")]
[JsonSerializable(typeof(RpcEnvelope<HeaderResult>), TypeInfoPropertyName = "Header")]
[JsonSerializable(typeof(RpcEnvelope<string>), TypeInfoPropertyName = "Hash")]
[JsonSerializable(typeof(RpcEnvelope<EmptyResult>), TypeInfoPropertyName = "Empty")]
internal sealed partial class RpcJson : JsonSerializerContext;
