using System.Collections.Concurrent;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A channel that keeps what it was given.</summary>
internal sealed class RecordingNotifier(string channel = "log") : INotifier
{
    public string Channel => channel;

    public ConcurrentQueue<(Alert Alert, string Delivery)> Sent { get; } = [];

    public Func<Alert, Notified> Answer { get; set; } = _ => new Notified.Delivered("kept");

    public Task<Notified> SendAsync(Alert alert, string delivery, CancellationToken cancellation)
    {
        var answer = Answer(alert);
        if (answer is Notified.Delivered)
        {
            Sent.Enqueue((alert, delivery));
        }

        return Task.FromResult(answer);
    }
}
