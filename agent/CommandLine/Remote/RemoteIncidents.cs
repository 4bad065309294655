using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The incidents of a fleet, as lines.</summary>
internal sealed class RemoteIncidents(RemoteMonitor monitor)
{
    private const int Most = 500;
    private static readonly string[] Heads = ["INCIDENT", "SEVERITY", "OPENED", "WHAT", "WHERE IT STANDS"];

    /// <param name="state">As the API has it.</param>
    public async Task<int> RunAsync(string state, string? subject, TimeSpan? since, bool json, CancellationToken cancellation)
    {
        var shell = monitor.Shell;
        var reply = await monitor.Client.Operators.IncidentsAsync(state, subject, since is { } age ? shell.Time.GetUtcNow() - age : null, Most, cancellation);
        if (reply is not MonitorReply<IncidentList>.Got { Value: var list })
        {
            return monitor.Fail(reply);
        }

        if (json)
        {
            shell.Output.WriteLine(JsonSerializer.Serialize(list, ApiJson.Default.IncidentList));
            return ExitCode.Working;
        }

        if (list.Incidents.IsEmpty)
        {
            shell.Output.WriteLine(state == "open" ? "no incident is open" : "there was no such incident");
            return ExitCode.Working;
        }

        Columns.Write(shell.Output, [Heads, .. list.Incidents.Select(Cells)]);
        if (list.Truncated == true)
        {
            shell.Output.WriteLine("there may be more than are shown");
        }

        return ExitCode.Working;
    }

    private static string[] Cells(IncidentView incident) =>
        [ShortId.Of(incident.Id), incident.Severity.ToString(), Words.Time(incident.OpenedAt), incident.Title, IncidentText.Standing(incident)];
}
