using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A defect: an alert is called delivered, and <see cref="RecordFirstTable"/> sends it when that has been recorded.</summary>
internal sealed class RecordFirstNotifier(INotifier notifier) : INotifier
{
    private readonly Queue<Notice> _kept = [];

    public string Channel => notifier.Channel;

    public Task<Notified> SendAsync(Notice notice, CancellationToken cancellation)
    {
        _kept.Enqueue(notice);
        return Task.FromResult<Notified>(new Notified.Delivered("kept"));
    }

    public async Task FlushAsync(CancellationToken cancellation)
    {
        while (_kept.TryDequeue(out var kept))
        {
            await notifier.SendAsync(kept, cancellation);
        }
    }
}
