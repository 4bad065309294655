namespace MoneroCloud.Functions;

/// <summary>Standalone: the receivers of queues. It connects, and connects again, by itself.</summary>
internal interface IBusSource
{
    /// <summary>Takes messages until it is stopped; in between, the broker's absence is no error.</summary>
    /// <param name="concurrent">Messages taken at once; none is fetched ahead.</param>
    /// <param name="take">True completes the message, false abandons it. It does not throw.</param>
    /// <param name="stop">Nothing is taken any more; returns when what was taken is settled.</param>
    Task ReceiveAsync(string queue, int concurrent, Func<QueueMessage, Task<bool>> take, CancellationToken stop);
}
