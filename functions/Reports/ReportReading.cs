using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What a message on the reports queue turned out to be.</summary>
internal abstract record ReportReading
{
    private ReportReading()
    {
    }

    public sealed record Good(Report Report, Stored<AgentRecord> Agent) : ReportReading;

    /// <param name="Kind">Of a closed list: refusals are counted by it.</param>
    /// <param name="Reason">For the log; without the message's text.</param>
    public sealed record Refused(string Kind, string Reason) : ReportReading;
}
