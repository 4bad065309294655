using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>Queues that keep each message until it is completed, as a broker with peek-lock does: it outlives all processes.</summary>
internal sealed class LockingBus : IBusSender
{
    private readonly Lock _lock = new();
    private readonly List<(string Queue, BusMessage Message)> _sent = [];
    private readonly List<(string Queue, BusMessage Message)> _waiting = [];

    /// <summary>What it answers; accepted by default.</summary>
    public Func<string, BusSend> Answer { get; set; } = _ => new BusSend.Accepted();

    /// <summary>Everything that was ever accepted, in order.</summary>
    public IReadOnlyList<(string Queue, BusMessage Message)> Sent
    {
        get
        {
            lock (_lock)
            {
                return [.. _sent];
            }
        }
    }

    public Task<BusSend> SendAsync(string queue, BusMessage message, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var answer = Answer(queue);
            if (answer is BusSend.Accepted)
            {
                _sent.Add((queue, message));
                _waiting.Add((queue, message));
            }

            return Task.FromResult(answer);
        }
    }

    /// <summary>The first message that nobody has completed; null when there is none.</summary>
    public BusMessage? Peek(string queue)
    {
        lock (_lock)
        {
            return _waiting.FirstOrDefault(m => m.Queue == queue).Message;
        }
    }

    public bool Complete(BusMessage message)
    {
        lock (_lock)
        {
            return _waiting.RemoveAll(m => ReferenceEquals(m.Message, message)) == 1;
        }
    }
}
