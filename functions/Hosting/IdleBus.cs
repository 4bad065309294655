namespace MoneroCloud.Functions;

/// <summary>No bus: in handler mode the Functions host receives.</summary>
internal sealed class IdleBus : IBusSource
{
    public Task ReceiveAsync(string queue, int concurrent, Func<QueueMessage, Task<bool>> take, CancellationToken stop) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
}
