using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>The JSON of core's own types: snake_case, null members left out, enums as their names, unknown members ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters =
    [
        typeof(NodeNameJson), typeof(NodeIdJson), typeof(StrictNames<AlertKind>), typeof(StrictNames<AlertSeverity>), typeof(StrictNames<Certainty>),
        typeof(StrictNames<ChainNetwork>), typeof(StrictNames<CheckMethod>), typeof(StrictNames<Condition>), typeof(StrictNames<DaemonSighting>), typeof(StrictNames<ExitCause>),
        typeof(StrictNames<HealthState>), typeof(StrictNames<IncidentActionKind>), typeof(StrictNames<LadderRung>), typeof(StrictNames<NodeKind>), typeof(StrictNames<Note>), typeof(StrictNames<OrderState>),
        typeof(StrictNames<OrderVerb>), typeof(StrictNames<OutcomeResult>), typeof(StrictNames<ProcessRunState>), typeof(StrictNames<ProofState>),
        typeof(StrictNames<Remedy>),
    ],
    RespectNullableAnnotations = true,
    MaxDepth = 32,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(WorkedData))]
[JsonSerializable(typeof(MethodAnswer))]
[JsonSerializable(typeof(CheckSummary))]
[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(Ack))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(NodeEvent))]
[JsonSerializable(typeof(NodeRecord))]
[JsonSerializable(typeof(AgentRecord))]
[JsonSerializable(typeof(OrderRecord))]
[JsonSerializable(typeof(HistoryEntry))]
[JsonSerializable(typeof(RollupBucket))]
[JsonSerializable(typeof(Dictionary<string, RollupBucket>))]
[JsonSerializable(typeof(Alert))]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(Silence))]
// Cases of different hierarchies have the same short name.
[JsonSerializable(typeof(ApiAnswer.Answered), TypeInfoPropertyName = "ApiAnswerAnswered")]
[JsonSerializable(typeof(ApiAnswer.NotAsked), TypeInfoPropertyName = "ApiAnswerNotAsked")]
[JsonSerializable(typeof(WalletAnswer.NotAsked), TypeInfoPropertyName = "WalletAnswerNotAsked")]
[JsonSerializable(typeof(NodeFact.Answered), TypeInfoPropertyName = "NodeFactAnswered")]
[JsonSerializable(typeof(NodeFact.Exited), TypeInfoPropertyName = "NodeFactExited")]
[JsonSerializable(typeof(ProcessExit.Exited), TypeInfoPropertyName = "ProcessExitExited")]
[JsonSerializable(typeof(ProcessSighting.NotLooked), TypeInfoPropertyName = "ProcessSightingNotLooked")]
[JsonSerializable(typeof(PortSighting.NotLooked), TypeInfoPropertyName = "PortSightingNotLooked")]
[JsonSerializable(typeof(DaemonLinkSighting.NotLooked), TypeInfoPropertyName = "DaemonLinkSightingNotLooked")]
[JsonSerializable(typeof(LockSighting.NotLooked), TypeInfoPropertyName = "LockSightingNotLooked")]
[JsonSerializable(typeof(ProcessSighting.NotPermitted), TypeInfoPropertyName = "ProcessSightingNotPermitted")]
[JsonSerializable(typeof(PortSighting.NotPermitted), TypeInfoPropertyName = "PortSightingNotPermitted")]
public sealed partial class CoreJson : JsonSerializerContext;
