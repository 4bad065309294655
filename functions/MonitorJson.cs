using System.Text.Json.Serialization;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The monitor's own documents, in the form of <see cref="CoreJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(NodeNameJson), typeof(NodeIdJson)],
    RespectNullableAnnotations = true,
    MaxDepth = 32)]
[JsonSerializable(typeof(OutboxItem))]
[JsonSerializable(typeof(DeliveryRecord))]
[JsonSerializable(typeof(ShardSummary))]
[JsonSerializable(typeof(ShardDaemons))]
[JsonSerializable(typeof(NotUp))]
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(OutboxMessage))]
[JsonSerializable(typeof(ShardMessage))]
[JsonSerializable(typeof(VantageDoubt))]
[JsonSerializable(typeof(SweepMark))]
[JsonSerializable(typeof(RestartBudget))]
[JsonSerializable(typeof(ConfigRefusal))]
[JsonSerializable(typeof(ImportMark))]
[JsonSerializable(typeof(IncidentPlace))]
[JsonSerializable(typeof(ChannelStanding))]
[JsonSerializable(typeof(WebhookMessage))]
[JsonSerializable(typeof(AuditView))]
internal sealed partial class MonitorJson : JsonSerializerContext;
