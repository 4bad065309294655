using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>The JSON of the HTTP API, a public contract: snake_case, null members left out, enums as their names, unknown members ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(NodeNameJson), typeof(NodeIdJson)],
    MaxDepth = 32,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(NodeList))]
[JsonSerializable(typeof(NodeView))]
[JsonSerializable(typeof(HistoryView))]
[JsonSerializable(typeof(UptimeView))]
[JsonSerializable(typeof(RollupList))]
[JsonSerializable(typeof(CheckAnswer))]
[JsonSerializable(typeof(CheckSummary))]
[JsonSerializable(typeof(OrderView))]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(OrderList))]
[JsonSerializable(typeof(AgentView))]
[JsonSerializable(typeof(AgentList))]
[JsonSerializable(typeof(EnrolRequest))]
[JsonSerializable(typeof(EnrolAnswer))]
[JsonSerializable(typeof(AlertList))]
[JsonSerializable(typeof(RefusalList))]
[JsonSerializable(typeof(AlertTestRequest))]
[JsonSerializable(typeof(AlertTestAnswer))]
[JsonSerializable(typeof(IncidentList))]
[JsonSerializable(typeof(IncidentView))]
[JsonSerializable(typeof(IncidentDetail))]
[JsonSerializable(typeof(AckRequest))]
[JsonSerializable(typeof(ResolveRequest))]
[JsonSerializable(typeof(SilenceList))]
[JsonSerializable(typeof(SilenceView))]
[JsonSerializable(typeof(SilenceRequest))]
[JsonSerializable(typeof(MaintenanceRequest))]
[JsonSerializable(typeof(ExportPage))]
[JsonSerializable(typeof(ExportHeader))]
[JsonSerializable(typeof(ExportFooter))]
[JsonSerializable(typeof(ImportRequest))]
[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(Problem))]
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
public sealed partial class ApiJson : JsonSerializerContext;
