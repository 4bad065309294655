using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Standalone: messages over the program's own connection to the bus.</summary>
internal sealed class BusSource(BusConnection connection) : IBusSource
{
    public async Task ReceiveAsync(string queue, int concurrent, Func<QueueMessage, Task<bool>> take, CancellationToken stop)
    {
        var running = new List<Task>(concurrent);
        await using var receiver = connection.OpenReceiver(queue, concurrent);
        try
        {
            while (true)
            {
                // No more than the credit are in hand: the receiver hands out the next one when one of them was settled.
                running.Add(SettleAsync(await receiver.ReceiveAsync(stop), take));
                running.RemoveAll(task => task.IsCompletedSuccessfully);
                await Task.WhenAll(running.Where(task => task.IsFaulted));
            }
        }
        finally
        {
            await Task.WhenAll(running);
        }
    }

    private static async Task SettleAsync(BusDelivery delivery, Func<QueueMessage, Task<bool>> take)
    {
        var completes = await take(new QueueMessage(delivery.Body, delivery.MessageId, delivery.DeliveryCount, delivery.EnqueuedAt));
        // A settlement that is lost has the message come again, which each trigger stands.
        _ = completes ? await delivery.CompleteAsync() : await delivery.AbandonAsync();
    }
}
