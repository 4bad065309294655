using System.Text.Json;

namespace MoneroCloud.Agent;

/// <summary>What a monitor that takes an agent tells it. No record: its text must not show the bus's key.</summary>
internal sealed class EnrolmentAnswer
{
    public string? Agent { get; set; }

    public string? MonitorUrl { get; set; }

    /// <summary>Its public keys, as JWK: one, or two while one replaces the other.</summary>
    public JsonElement[]? MonitorKeys { get; set; }

    /// <summary>The bus's connection string; null in Azure, where the API hands out no key of the bus.</summary>
    public string? Bus { get; set; }

    public string? ReportsQueue { get; set; }

    public string? CommandsQueue { get; set; }

    public int? PeriodSeconds { get; set; }
}
