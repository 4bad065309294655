using System.Text.Json.Serialization;

namespace MoneroCloud.Agent;

/// <summary>What is kept and said around the messages: the enrolment, the spool's position, the silent-monitor notice.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = false)]
[JsonSerializable(typeof(SpoolPosition))]
[JsonSerializable(typeof(EnrolmentDocument))]
[JsonSerializable(typeof(DeploymentDocument))]
[JsonSerializable(typeof(SilenceNotice))]
internal sealed partial class LinkJson : JsonSerializerContext;
