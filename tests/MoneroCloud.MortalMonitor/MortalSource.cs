using MoneroCloud.Functions;

namespace MoneroCloud.MortalMonitor;

/// <summary>Dies when a message was taken and is not yet worked on, or when all is done and the message not yet settled.</summary>
internal sealed class MortalSource(IBusSource source, DeathPoints points) : IBusSource
{
    public Task ReceiveAsync(string queue, int concurrent, Func<QueueMessage, Task<bool>> take, CancellationToken stop) =>
        source.ReceiveAsync(queue, concurrent, message => points.RoundAsync($"take {queue}", () => take(message)), stop);
}
