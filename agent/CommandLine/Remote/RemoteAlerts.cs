using System.Globalization;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What became of alerts over each channel, as lines, the newest last.</summary>
internal sealed class RemoteAlerts(RemoteMonitor monitor)
{
    /// <summary>As many as a monitor gives.</summary>
    public const int Most = 500;

    private static readonly string[] Heads = ["HAPPENED", "ALERT", "SUBJECT", "KIND", "CHANNEL", "TRIES", "STATUS"];

    /// <param name="lines">How many of those that are over, and of those that are not.</param>
    public async Task<int> RunAsync(string? subject, int lines, bool json, CancellationToken cancellation)
    {
        var reply = await monitor.Client.Operators.AlertsAsync(subject, null, lines, cancellation);
        if (reply is not MonitorReply<AlertList>.Got { Value: var list })
        {
            return monitor.Fail(reply);
        }

        var output = monitor.Shell.Output;
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(list, ApiJson.Default.AlertList));
        }
        else if (list.Ended.IsEmpty && list.Pending.IsEmpty)
        {
            output.WriteLine("nothing was told, and nothing is to be");
        }
        else
        {
            Columns.Write(output, [Heads, .. list.Ended.Concat(list.Pending).OrderBy(a => a.Alert.At).Select(Cells)]);
            if (list.Truncated == true)
            {
                output.WriteLine("these are not all");
            }
        }

        return ExitCode.Working;
    }

    private static string[] Cells(AlertView view) =>
    [
        Words.Time(view.Alert.At),
        ShortId.Of(view.Alert.Id),
        view.Alert.Subject,
        view.Alert.Kind.ToString(),
        view.Channel.Length == 0 ? "?" : view.Channel,
        view.Attempts.ToString(CultureInfo.InvariantCulture),
        AlertText.Of(view),
    ];
}
