using System.Globalization;

namespace MoneroCloud.Agent;

/// <summary>How it stands with the monitor, as one line for people.</summary>
internal static class LinkText
{
    public static string Of(LinkStatus monitor, DateTimeOffset now)
    {
        if (!monitor.Enrolled)
        {
            return monitor.Trouble is { } problem ? $"monitor: not enrolled: {problem}" : "monitor: not enrolled";
        }

        var connected = monitor.Connected ? "connected" : "not connected";
        var acked = monitor.LastAck is { } at ? $"last ack {Ago(now - at)} ago" : "no ack yet";
        var trouble = monitor.Trouble is { } what ? $"; {what}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"monitor: {monitor.Url} {connected}, {acked}, {monitor.PendingEvents} events pending{trouble}");
    }

    private static string Ago(TimeSpan ago) => ago switch
    {
        { TotalSeconds: < 0 } => "0 s",
        { TotalMinutes: < 2 } => $"{(int)ago.TotalSeconds} s",
        { TotalHours: < 2 } => $"{(int)ago.TotalMinutes} min",
        _ => $"{(int)ago.TotalHours} h",
    };
}
