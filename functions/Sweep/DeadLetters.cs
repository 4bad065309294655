using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Gives what was dead-lettered to its trigger once more. What the trigger refuses is counted there and done with; what still fails goes
/// back and comes again with the next sweep.
/// </summary>
internal sealed partial class DeadLetters(IReadOnlyDictionary<string, ITrigger> triggers, BusConnection? bus, TimeProvider time, ILogger<DeadLetters> log)
{
    /// <summary>Messages of one queue in one sweep.</summary>
    private const int Most = 100;

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    public async Task<bool> DrainAsync(CancellationToken cancellation)
    {
        if (bus?.State is not BusState.Connected)
        {
            return false; // Not the sweep's affair: whoever sends says that the bus is away.
        }

        foreach (var (queue, trigger) in triggers)
        {
            await DrainAsync(bus, queue, trigger, cancellation);
        }

        return true;
    }

    private async Task DrainAsync(BusConnection connection, string queue, ITrigger trigger, CancellationToken cancellation)
    {
        await using var receiver = connection.OpenReceiver(Names.DeadLetterQueue(queue), 1);
        for (var i = 0; i < Most && await NextAsync(receiver, cancellation) is { } message; i++)
        {
            var result = await trigger.InvokeAsync(new TriggerCall.Bus(message.Body, message.MessageId, message.DeliveryCount, message.EnqueuedAt), cancellation);
            Log.Drained(log, message.MessageId, queue, result);
            if (result is not TriggerResult.Failed)
            {
                await message.CompleteAsync();
                continue;
            }

            // The trigger has tried for as long as it may: the others would fare no better.
            await message.AbandonAsync();
            return;
        }
    }

    private async Task<BusDelivery?> NextAsync(BusReceiver receiver, CancellationToken cancellation)
    {
        using var quiet = new CancellationTokenSource(Quiet, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, cancellation);
        try
        {
            return await receiver.ReceiveAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "dead letter {Message} of {Queue}: {Result}")]
        public static partial void Drained(ILogger log, string? message, string queue, TriggerResult result);
    }
}
