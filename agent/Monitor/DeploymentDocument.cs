namespace MoneroCloud.Agent;

/// <summary>The file that a deployment in the cloud wrote for one agent. No record: its text must not show the keys.</summary>
internal sealed class DeploymentDocument
{
    public string? Agent { get; set; }

    public string? MonitorUrl { get; set; }

    public string? ReportsQueue { get; set; }

    public string? CommandsQueue { get; set; }

    /// <summary>A connection string that sends to the one queue.</summary>
    public string? ReportsBus { get; set; }

    /// <summary>A connection string that receives from the other.</summary>
    public string? CommandsBus { get; set; }

    /// <summary>What an enrolment has kept of it; null where a deployment had no part in that.</summary>
    public static DeploymentDocument? Of(EnrolmentDocument? enrolment) => enrolment?.ReportsBus is null ? null : new()
    {
        Agent = enrolment.Agent,
        MonitorUrl = enrolment.MonitorUrl,
        ReportsQueue = enrolment.ReportsQueue,
        CommandsQueue = enrolment.CommandsQueue,
        ReportsBus = enrolment.ReportsBus,
        CommandsBus = enrolment.CommandsBus,
    };
}
