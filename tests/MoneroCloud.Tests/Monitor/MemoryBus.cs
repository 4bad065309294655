using System.Collections.Concurrent;
using System.Threading.Channels;
using MoneroCloud.Agent;
using MoneroCloud.Core;

namespace MoneroCloud.Tests;

/// <summary>A bus in memory, where time is the test's: keeps what is sent, hands out what the test puts into the queue, and can be cut.</summary>
internal sealed class MemoryBus : IAgentBus
{
    private readonly Channel<byte[]> _commands = Channel.CreateUnbounded<byte[]>();
    private readonly ConcurrentQueue<BusMessage> _sent = [];
    private int _completed;
    private int _tries;

    /// <summary>Answers every send with this; null accepts it.</summary>
    public BusSend? Refusal { get; set; }

    public BusState State { get; } = new BusState.Connected(default);

    public IReadOnlyCollection<BusMessage> Sent => _sent;

    /// <summary>Accepted or not.</summary>
    public int Tries => Volatile.Read(ref _tries);

    /// <summary>Messages that do not come again.</summary>
    public int Completed => Volatile.Read(ref _completed);

    public void Put(byte[] message) => _commands.Writer.TryWrite(message);

    public Task<BusSend> SendAsync(BusMessage report, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _tries);
        if (Refusal is { } refusal)
        {
            return Task.FromResult(refusal);
        }

        _sent.Enqueue(report);
        return Task.FromResult<BusSend>(new BusSend.Accepted());
    }

    public async Task<MonitorMessage> ReceiveAsync(CancellationToken cancellation)
    {
        var body = await _commands.Reader.ReadAsync(cancellation);
        return new MonitorMessage(body, Complete, () => Task.FromResult(_commands.Writer.TryWrite(body)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<bool> Complete()
    {
        Interlocked.Increment(ref _completed);
        return Task.FromResult(true);
    }
}
