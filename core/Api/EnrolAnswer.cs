using System.Collections.Immutable;
using System.Text.Json;

namespace MoneroCloud.Core;

/// <summary>What an agent needs to speak with the monitor: the answer of <c>POST /api/agents</c>.</summary>
public sealed record EnrolAnswer
{
    public required string Agent { get; init; }

    public required Uri MonitorUrl { get; init; }

    /// <summary>JWKs: whatever is signed with one of them is the monitor's.</summary>
    public required ImmutableArray<JsonElement> MonitorKeys { get; init; }

    /// <summary>A connection string, secret; null where the agent has got it otherwise.</summary>
    public string? Bus { get; init; }

    public required string ReportsQueue { get; init; }

    public required string CommandsQueue { get; init; }

    /// <summary>How often the agent shall report when nothing changes.</summary>
    public required int PeriodSeconds { get; init; }

    /// <summary>Without the bus: it is a secret.</summary>
    public override string ToString() => $"enrolment of {Agent} at {MonitorUrl}";
}
