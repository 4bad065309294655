using System.Collections.Concurrent;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A channel that keeps what it was given.</summary>
internal sealed class RecordingNotifier(string channel = "log") : INotifier
{
    public string Channel => channel;

    /// <summary>Alert by alert, in the order of the messages and within them.</summary>
    public ConcurrentQueue<(Alert Alert, string Delivery)> Sent { get; } = [];

    public Func<Alert, Notified> Answer { get; set; } = _ => new Notified.Delivered("kept");

    public ConcurrentQueue<Notice> Notices { get; } = [];

    /// <summary>Told of each try.</summary>
    public Action<Notice>? Asked { get; set; }

    public Task<Notified> SendAsync(Notice notice, CancellationToken cancellation)
    {
        Asked?.Invoke(notice);
        var answer = Answer(notice.Items[0].Alert);
        if (answer is Notified.Delivered)
        {
            Notices.Enqueue(notice);
            foreach (var item in notice.Items)
            {
                Sent.Enqueue((item.Alert, $"{item.Alert.Id}:{channel}"));
            }
        }

        return Task.FromResult(answer);
    }
}
