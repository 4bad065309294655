using MoneroCloud.Functions;

namespace MoneroCloud.Tests.Fleet;

/// <summary>A queue as the platform plays it: what failed comes again at once, behind the others, and ends in the dead-letter queue after so many tries.</summary>
internal sealed class RedeliveringQueue(Func<ReadOnlyMemory<byte>, int, Task<TriggerResult>> trigger, SteppingTime time)
{
    public const int MaxDeliveryCount = 100;

    private readonly Queue<(byte[] Body, int Deliveries)> _waiting = new();

    public List<byte[]> Completed { get; } = [];

    public List<byte[]> DeadLettered { get; } = [];

    /// <summary>The most often that one was delivered.</summary>
    public int MostDeliveries { get; private set; }

    public void Send(byte[] message) => _waiting.Enqueue((message, 0));

    /// <summary>Until nothing waits, so many at one time.</summary>
    public async Task DrainAsync(int atOnce = 4)
    {
        while (_waiting.Count > 0)
        {
            var batch = Enumerable.Range(0, Math.Min(atOnce, _waiting.Count)).Select(_ => _waiting.Dequeue()).ToArray();
            var results = await time.RunAsync(Task.WhenAll(batch.Select(m => trigger(m.Body, m.Deliveries + 1))));
            for (var i = 0; i < batch.Length; i++)
            {
                Settle(batch[i].Body, batch[i].Deliveries + 1, results[i]);
            }
        }
    }

    private void Settle(byte[] body, int deliveries, TriggerResult result)
    {
        MostDeliveries = Math.Max(MostDeliveries, deliveries);
        if (result is not TriggerResult.Failed)
        {
            Completed.Add(body);
        }
        else if (deliveries == MaxDeliveryCount)
        {
            DeadLettered.Add(body);
        }
        else
        {
            _waiting.Enqueue((body, deliveries));
        }
    }
}
