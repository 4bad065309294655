using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>
/// What a check leaves in <c>worked_data</c>: the original's members in snake_case, one case per method, and beside them the condition, its
/// explanation and the latency. It never holds a command line, a login or the body of an answer.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "method")]
[JsonDerivedType(typeof(Pid), "pid")]
[JsonDerivedType(typeof(Port), "port")]
[JsonDerivedType(typeof(Api), "api")]
[JsonDerivedType(typeof(Full), "full")]
public abstract record WorkedData
{
    private WorkedData()
    {
    }

    /// <summary>When it was checked. Null inside the checks of a full answer, which has it once; so are the three below.</summary>
    [JsonPropertyOrder(1), JsonConverter(typeof(WholeSeconds))]
    public DateTimeOffset? LastCheck { get; init; }

    [JsonPropertyOrder(1)]
    public Condition? Condition { get; init; }

    [JsonPropertyOrder(1)]
    public string? Explanation { get; init; }

    /// <summary>Of the answer to <c>get_version</c>, in milliseconds; null when there was none.</summary>
    [JsonPropertyOrder(1)]
    public double? LatencyMs { get; init; }

    /// <param name="ProcessId">The <c>pid</c>; null when it is not known.</param>
    public sealed record Pid([property: JsonPropertyName("pid")] int? ProcessId, string Message) : WorkedData;

    /// <param name="Number">The <c>port</c>; null when the node's address is not known.</param>
    public sealed record Port(string? Host, [property: JsonPropertyName("port")] int? Number, string Message, string? Error) : WorkedData;

    /// <param name="Url">Without a login.</param>
    /// <param name="Version">Only after a success, and <paramref name="Error"/> only after a failure.</param>
    public sealed record Api(string? Url, int? Version, string? Error, string Message) : WorkedData;

    public sealed record Full(FullChecks Checks, FullSummary Summary, string Message) : WorkedData
    {
        [JsonConverter(typeof(WholeSeconds))]
        [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public required DateTimeOffset? Timestamp { get; init; }
    }
}
