using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>One incident with its timeline, the newest last.</summary>
internal sealed class RemoteIncident(RemoteMonitor monitor)
{
    public async Task<int> RunAsync(string text, bool json, CancellationToken cancellation)
    {
        var (id, exit) = await new IncidentChoice(monitor).FindAsync(text, open: false, cancellation);
        if (id is null)
        {
            return exit;
        }

        var reply = await monitor.Client.Operators.IncidentAsync(id, cancellation);
        if (reply is not MonitorReply<IncidentDetail>.Got { Value: var detail })
        {
            return monitor.Fail(reply);
        }

        if (json)
        {
            monitor.Shell.Output.WriteLine(JsonSerializer.Serialize(detail, ApiJson.Default.IncidentDetail));
            return ExitCode.Working;
        }

        Show(detail);
        return ExitCode.Working;
    }

    private void Show(IncidentDetail detail)
    {
        var output = monitor.Shell.Output;
        output.WriteLine(ShownText.Printable(detail.Incident.Title));
        output.WriteLine(ShownText.Printable(detail.Incident.Text));
        output.WriteLine();
        Columns.Write(output, [.. IncidentText.Facts(detail.Incident, monitor.Shell.Time.GetUtcNow()).Select(f => new[] { f.Name, f.Value })]);
        output.WriteLine();
        Columns.Write(output, [.. detail.Timeline.SelectMany(Lines)]);
        foreach (var what in detail.LeftOut ?? [])
        {
            output.WriteLine(ShownText.Printable($"not shown: {what}"));
        }
    }

    private static IEnumerable<string[]> Lines(TimelineEntry entry) =>
    [
        [Words.Time(entry.At), IncidentText.Word(entry.Kind), $"{entry.Text}{(entry.By is { } by ? $" (by {by})" : "")}"],
        .. (entry.Details ?? []).Select(line => new[] { "", "", $"  {line}" }),
    ];
}
