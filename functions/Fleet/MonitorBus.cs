using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Sends over a connection that is made when the first message goes out.</summary>
internal sealed class MonitorBus(BusConnection connection) : IBusSender
{
    public Task<BusSend> SendAsync(string queue, BusMessage message, CancellationToken cancellation) => connection.SendAsync(queue, message, cancellation);
}
