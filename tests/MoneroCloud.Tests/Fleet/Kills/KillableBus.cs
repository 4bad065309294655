using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>The bus as a process reaches it for as long as it lives.</summary>
internal sealed class KillableBus(IBusSender bus, KillSwitch kill) : IBusSender
{
    public Task<BusSend> SendAsync(string queue, BusMessage message, CancellationToken cancellation) =>
        kill.ChangeAsync($"send to {queue}", () => bus.SendAsync(queue, message, cancellation));
}
