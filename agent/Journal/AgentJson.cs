using System.Text.Json.Serialization;
using MoneroCloud.Core;

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
[JsonSerializable(typeof(ApiAnswer.Refused), TypeInfoPropertyName = "ApiAnswerRefused")]
[JsonSerializable(typeof(ControlReply.Refused), TypeInfoPropertyName = "ControlReplyRefused")]
internal sealed partial class AgentJson : JsonSerializerContext;
