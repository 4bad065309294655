using System.Globalization;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A node's hours or days, as lines, the newest last.</summary>
internal sealed class RemoteRollups(RemoteMonitor monitor)
{
    private const int Page = 1_000;

    private static readonly string[] Heads = ["FROM", "CHECKS", "FAILED", "MIN MS", "AVG MS", "P95 MS", "MAX MS", "UP", "DEGRADED", "DOWN", "UNKNOWN", "DISABLED", "UPTIME"];

    private static readonly string[] Names =
    [
        "from", "span", "checks", "failures", "latency_min_ms", "latency_avg_ms", "latency_p95_ms", "latency_max_ms",
        "up_seconds", "degraded_seconds", "down_seconds", "unknown_seconds", "disabled_seconds", "uptime",
    ];

    public async Task<int> RunAsync(HistoryWish wish, RollupSpan span, CancellationToken cancellation)
    {
        var views = new List<RollupView>();
        var before = wish.Until;
        do
        {
            var reply = await monitor.Client.RollupsAsync(wish.Node, span, wish.Since, before, Math.Min(Page, wish.Lines - views.Count), cancellation);
            if (reply is not MonitorReply<RollupList>.Got { Value: var page })
            {
                return await monitor.FailAsync(reply, wish.Node, cancellation);
            }

            views.AddRange(page.Rollups);
            before = page.Next < before || before is null ? page.Next : null;
        }
        while (before is not null && views.Count < wish.Lines);

        views.Reverse();
        Write(views, wish.Format);
        return ExitCode.Working;
    }

    private void Write(List<RollupView> views, OutputFormat format)
    {
        var output = monitor.Shell.Output;
        switch (format)
        {
            case OutputFormat.Json:
                views.ForEach(v => output.Write($"{JsonSerializer.Serialize(v, ApiJson.Default.RollupView)}\n"));
                break;
            case OutputFormat.Csv:
                output.Write(Csv.Line(Names));
                views.ForEach(v => output.Write(Csv.Line(Cells(v))));
                break;
            default:
                Columns.Write(output, [Heads, .. views.Select(Shown)]);
                break;
        }
    }

    private static string[] Cells(RollupView v) =>
    [
        IsoTime.OfSecond(v.From), v.Span.ToString().ToLowerInvariant(), Number(v.Checks), Number(v.Failures),
        Number(v.LatencyMinMs), Number(v.LatencyAvgMs), Number(v.LatencyP95Ms), Number(v.LatencyMaxMs),
        Number(v.UpSeconds), Number(v.DegradedSeconds), Number(v.DownSeconds), Number(v.UnknownSeconds), Number(v.DisabledSeconds), Number(v.Uptime),
    ];

    private static string[] Shown(RollupView v) =>
    [
        IsoTime.OfSecond(v.From), Number(v.Checks), Number(v.Failures),
        Milliseconds(v.LatencyMinMs), Milliseconds(v.LatencyAvgMs), Milliseconds(v.LatencyP95Ms), Milliseconds(v.LatencyMaxMs),
        Time(v.UpSeconds), Time(v.DegradedSeconds), Time(v.DownSeconds), Time(v.UnknownSeconds), Time(v.DisabledSeconds), UptimeText.Percent(v.Uptime),
    ];

    private static string Number(double? value) => value?.ToString("0.#######", CultureInfo.InvariantCulture) ?? "";

    private static string Milliseconds(double? value) => value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-";

    private static string Time(double seconds) => seconds > 0 ? Words.Duration(TimeSpan.FromSeconds(seconds)) : "-";
}
