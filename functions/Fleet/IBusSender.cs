using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The monitor's way out to the bus: Service Bus, or the embedded broker of the standalone host.</summary>
internal interface IBusSender
{
    Task<BusSend> SendAsync(string queue, BusMessage message, CancellationToken cancellation);
}
