using System.Text.Json.Serialization;

namespace MoneroCloud.Agent;

/// <summary>What is said around the messages: enrolment, its file, the spool's position, the silent-monitor notice.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = false)]
[JsonSerializable(typeof(SpoolPosition))]
[JsonSerializable(typeof(EnrolmentDocument))]
[JsonSerializable(typeof(EnrolmentRequest))]
[JsonSerializable(typeof(EnrolmentAnswer))]
[JsonSerializable(typeof(EnrolmentProblem))]
[JsonSerializable(typeof(SilenceNotice))]
internal sealed partial class LinkJson : JsonSerializerContext;
