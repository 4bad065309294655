using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace MoneroCloud.Tests;

/// <summary>A fake clock that moves on by itself whenever the work that is waited for sleeps: an hour of waiting takes no time.</summary>
internal sealed class SteppingTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Channel<TimeSpan> _sleeps = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero)
        {
            _sleeps.Writer.TryWrite(dueTime);
        }

        return timer;
    }

    public async Task<T> RunAsync<T>(Task<T> work)
    {
        using var end = new CancellationTokenSource();
        while (!work.IsCompleted)
        {
            var sleep = _sleeps.Reader.ReadAsync(end.Token).AsTask();
            if (await Task.WhenAny(work, sleep) == sleep)
            {
                Advance(await sleep);
            }
        }

        await end.CancelAsync();
        return await work;
    }
}
