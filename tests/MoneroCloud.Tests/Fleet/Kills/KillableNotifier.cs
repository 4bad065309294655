using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A channel as a process reaches it for as long as it lives.</summary>
internal sealed class KillableNotifier(INotifier notifier, KillSwitch kill) : INotifier
{
    public string Channel => notifier.Channel;

    public Task<Notified> SendAsync(Alert alert, string delivery, CancellationToken cancellation) =>
        kill.ChangeAsync($"notify {delivery}", () => notifier.SendAsync(alert, delivery, cancellation));
}
