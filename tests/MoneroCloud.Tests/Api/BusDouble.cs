using System.Threading.Channels;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests.Api;

/// <summary>Takes every message, and gives them to the test.</summary>
internal sealed class BusDouble : IBusSender
{
    private readonly Channel<(string Queue, BusMessage Message)> _sent = Channel.CreateUnbounded<(string, BusMessage)>();

    public int Count => _sent.Reader.Count;

    public Task<BusSend> SendAsync(string queue, BusMessage message, CancellationToken cancellation)
    {
        _sent.Writer.TryWrite((queue, message));
        return Task.FromResult<BusSend>(new BusSend.Accepted());
    }

    public ValueTask<(string Queue, BusMessage Message)> NextAsync(CancellationToken cancellation) => _sent.Reader.ReadAsync(cancellation);
}
