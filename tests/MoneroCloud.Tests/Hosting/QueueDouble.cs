using System.Threading.Channels;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>Queues in memory: what is abandoned is kept apart and not delivered again.</summary>
internal sealed class QueueDouble : IBusSource
{
    private readonly Channel<QueueMessage> _messages = Channel.CreateUnbounded<QueueMessage>();
    private readonly Channel<(QueueMessage Message, bool Completed)> _settled = Channel.CreateUnbounded<(QueueMessage, bool)>();

    public string? Queue { get; private set; }

    public int Concurrent { get; private set; }

    public void Send(QueueMessage message) => _messages.Writer.TryWrite(message);

    public ValueTask<(QueueMessage Message, bool Completed)> SettledAsync(CancellationToken cancellation) => _settled.Reader.ReadAsync(cancellation);

    public async Task ReceiveAsync(string queue, int concurrent, Func<QueueMessage, Task<bool>> take, CancellationToken stop)
    {
        (Queue, Concurrent) = (queue, concurrent);
        await foreach (var message in _messages.Reader.ReadAllAsync(stop))
        {
            _settled.Writer.TryWrite((message, await take(message)));
        }
    }
}
