using System.Globalization;
using System.Text.Json;
using MoneroCloud.Core;
using Spectre.Console;

namespace MoneroCloud.Agent;

/// <summary>The agents that are enrolled with a monitor.</summary>
internal sealed class RemoteAgents(RemoteMonitor monitor)
{
    private static readonly string[] Columns = ["AGENT", "STATE", "LAST REPORT", "CLOCK", "NODES", "VERSION", "KEYS"];

    public async Task<int> RunAsync(bool json, CancellationToken cancellation)
    {
        var reply = await monitor.Client.AgentsAsync(cancellation);
        if (reply is not MonitorReply<AgentList>.Got { Value: var list })
        {
            return monitor.Fail(reply);
        }

        if (json)
        {
            monitor.Shell.Output.WriteLine(JsonSerializer.Serialize(list, ApiJson.Default.AgentList));
            return ExitCode.Working;
        }

        var table = new Table().Border(TableBorder.None);
        table.AddColumns([.. Columns.Select(column => new TableColumn(column).NoWrap())]);
        var now = monitor.Shell.Time.GetUtcNow();
        foreach (var agent in list.Agents)
        {
            table.AddRow([.. Cells(agent, now).Select(cell => new Text(ShownText.Printable(cell)))]);
        }

        monitor.Shell.Tables.Write(table);
        return ExitCode.Working;
    }

    /// <returns>The exit code.</returns>
    public async Task<int> RemoveAsync(string name, CancellationToken cancellation)
    {
        var reply = await monitor.Client.RemoveAgentAsync(name, cancellation);
        if (reply is not MonitorReply<string>.Got)
        {
            return monitor.Fail(reply);
        }

        monitor.Shell.Output.WriteLine($"{name} is removed with its nodes; its host goes on by itself, and 'enroll' there brings it back");
        return ExitCode.Working;
    }

    private static string[] Cells(AgentView agent, DateTimeOffset now) =>
    [
        agent.Name,
        agent.Silent ? $"silent{(agent.SilentSince is { } since ? $" since {ShownTime.Of(since, now)}" : "")}" : agent.ReceivedAt is null ? "not heard yet" : "reports",
        agent.ReportAgeSeconds is { } age ? $"{Words.Duration(TimeSpan.FromSeconds(age))} ago" : "-",
        agent.SkewSeconds is { } skew ? string.Create(CultureInfo.InvariantCulture, $"{skew:+0.0;-0.0;0.0} s") : "-",
        agent.Nodes.Length.ToString(CultureInfo.InvariantCulture),
        agent.Version ?? "-",
        $"{(agent.Keys.Length == 1 ? "" : $"{agent.Keys.Length} of its own; ")}{(agent.TrustsAllKeys switch { true => "knows the monitor's", false => "does not know all of the monitor's yet", null => "-" })}",
    ];
}
