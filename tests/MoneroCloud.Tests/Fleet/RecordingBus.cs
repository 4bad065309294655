using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A bus that keeps what it was given, and refuses when it is told to.</summary>
internal sealed class RecordingBus : IBusSender
{
    private readonly Lock _lock = new();
    private readonly List<(string Queue, BusMessage Message)> _sent = [];

    /// <summary>What it answers; accepted by default.</summary>
    public Func<string, BusSend> Answer { get; set; } = _ => new BusSend.Accepted();

    /// <summary>Everything that was accepted, in order.</summary>
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

    public IEnumerable<BusMessage> To(string queue) => Sent.Where(s => s.Queue == queue).Select(s => s.Message);

    /// <summary>The acks to an agent, read without a look at the signature.</summary>
    public IEnumerable<Ack> AcksTo(NodeName agent) => To(Names.CommandsQueue(agent.ToString()))
        .Where(m => m.MessageId.StartsWith("ack:", StringComparison.Ordinal))
        .Select(m => JsonSerializer.Deserialize(SentPayload.Of(m.Body), CoreJson.Default.Ack)!);

    public Task<BusSend> SendAsync(string queue, BusMessage message, CancellationToken cancellation)
    {
        var answer = Answer(queue);
        if (answer is BusSend.Accepted)
        {
            lock (_lock)
            {
                _sent.Add((queue, message));
            }
        }

        return Task.FromResult(answer);
    }
}
