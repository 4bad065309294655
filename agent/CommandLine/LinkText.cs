using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>How it stands with the monitor, as one line for people.</summary>
internal static class LinkText
{
    public static string Of(LinkStatus monitor, DateTimeOffset now)
    {
        if (!monitor.Enrolled)
        {
            var why = monitor.Trouble is { } problem ? $": {problem}" : "";
            return $"monitor: not enrolled{why}\nrestarts: all by the agent, one node at a time";
        }

        var connected = monitor.Connected ? "connected" : "not connected";
        var acked = monitor.LastAck is { } at ? $"last ack {Ago(now - at)} ago" : "no ack yet";
        var trouble = monitor.Trouble is { } what ? $"; {what}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"monitor: {monitor.Url} {connected}, {acked}, {monitor.PendingEvents} events pending{trouble}\n{Restarts(monitor)}");
    }

    private static string Restarts(LinkStatus monitor) => monitor.Restarts == RemedyActor.Monitor
        ? "restarts: what exits by the agent; what is frozen, blocked or hung by order of the monitor"
        : "restarts: all by the agent, since it has not heard of the monitor for too long";

    private static string Ago(TimeSpan ago) => ago switch
    {
        { TotalSeconds: < 0 } => "0 s",
        { TotalMinutes: < 2 } => $"{(int)ago.TotalSeconds} s",
        { TotalHours: < 2 } => $"{(int)ago.TotalMinutes} min",
        _ => $"{(int)ago.TotalHours} h",
    };
}
