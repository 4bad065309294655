using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A channel as a process reaches it for as long as it lives.</summary>
internal sealed class KillableNotifier(INotifier notifier, KillSwitch kill) : INotifier
{
    public string Channel => notifier.Channel;

    public Task<Notified> SendAsync(Notice notice, CancellationToken cancellation) =>
        kill.ChangeAsync($"notify {notice.Key}", () => notifier.SendAsync(notice, cancellation));
}
