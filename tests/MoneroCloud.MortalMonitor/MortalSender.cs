using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.MortalMonitor;

/// <summary>Dies before a message is sent, or when the bus has taken it.</summary>
internal sealed class MortalSender(IBusSender sender, DeathPoints points) : IBusSender
{
    public Task<BusSend> SendAsync(string queue, BusMessage message, CancellationToken cancellation) =>
        points.RoundAsync($"send {What(queue, message)}", () => sender.SendAsync(queue, message, cancellation));

    private static string What(string queue, BusMessage message) =>
        queue == Names.AlertsQueue ? "alert" : message.MessageId.StartsWith("ack:", StringComparison.Ordinal) ? "ack" : "order";
}
