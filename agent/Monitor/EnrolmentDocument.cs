using System.Text.Json;

namespace MoneroCloud.Agent;

/// <summary>The file <c>enrolment.json</c>: what the monitor told, and the agent's own key. No record: its text must not show them.</summary>
internal sealed class EnrolmentDocument
{
    public string? Agent { get; set; }

    public string? MonitorUrl { get; set; }

    public JsonElement[]? MonitorKeys { get; set; }

    /// <summary>The bus's connection string, for both directions; null where each has its own.</summary>
    public string? Bus { get; set; }

    /// <summary>The connection string for reports alone, in the cloud, where a key is for one queue.</summary>
    public string? ReportsBus { get; set; }

    /// <summary>The connection string for orders and acks alone.</summary>
    public string? CommandsBus { get; set; }

    public string? ReportsQueue { get; set; }

    public string? CommandsQueue { get; set; }

    public int? PeriodSeconds { get; set; }

    public DateTimeOffset? EnrolledAt { get; set; }

    /// <summary>PKCS#8 in PEM.</summary>
    public string? PrivateKey { get; set; }
}
