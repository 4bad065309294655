using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>What is wrong with a node, and what was said about it.</summary>
/// <param name="Since">When it began.</param>
/// <param name="AlertId">The alert that tells of it; null when none does, because it was learned too late.</param>
/// <param name="Due">When that alert may be sent, by the monitor's clock.</param>
public sealed record Outage(HealthState State, Condition Condition, DateTimeOffset Since, string? AlertId, DateTimeOffset Due)
{
    /// <summary>Whether its agent has to be heard first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public AgentWord Agent { get; init; }

    /// <summary>As it is now it was learned too late to be told, but it was told of as it was before: whoever heard that is to hear its end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ToldBefore { get; init; }

    /// <summary>Its alert has not been sent: it may be taken back.</summary>
    public bool IsPending(DateTimeOffset now) => AlertId is not null && now < Due;
}
