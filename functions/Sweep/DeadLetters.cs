using System.Collections.Concurrent;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Gives what was dead-lettered to its trigger once more. What the trigger refuses is counted there and done with. What still fails stays where it
/// is, holds up nothing behind it, and is tried again after a minute, two, four, at most an hour.
/// </summary>
internal sealed partial class DeadLetters(IReadOnlyDictionary<string, ITrigger> triggers, BusConnection? bus, TimeProvider time, ILogger<DeadLetters> log)
{
    /// <summary>Messages of one queue in one sweep.</summary>
    private const int Most = 100;

    /// <summary>Messages of one queue that are kept in hand, so that those behind them come.</summary>
    private const int MostPassedOver = 50;

    /// <summary>Failures in one sweep, over all queues: with <see cref="TryFor"/>, less than the sweep may take.</summary>
    private const int MostFailures = 4;

    private static readonly TimeSpan TryFor = TimeSpan.FromSeconds(20);

    /// <summary>Under the Functions host the sweep has a process of its own, in which perhaps nobody else uses the bus.</summary>
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<(string Queue, string Message), FailedLetter> _failed = [];

    /// <returns>The queue of each message that was tried and failed again.</returns>
    public async Task<IReadOnlyList<string>> DrainAsync(CancellationToken cancellation)
    {
        var failed = new List<string>();
        if (bus is null || !await bus.TryConnectAsync(Connecting, cancellation))
        {
            return failed; // Not the sweep's affair: whoever sends says that the bus is away.
        }

        Forget();
        foreach (var (queue, trigger) in triggers)
        {
            await DrainAsync(bus, queue, trigger, failed, cancellation);
        }

        return failed;
    }

    private async Task DrainAsync(BusConnection connection, string queue, ITrigger trigger, List<string> failed, CancellationToken cancellation)
    {
        var kept = new List<BusDelivery>();
        await using var receiver = connection.OpenReceiver(Names.DeadLetterQueue(queue), MostPassedOver + 1);
        for (var i = 0; i < Most && kept.Count <= MostPassedOver && failed.Count < MostFailures && await NextAsync(receiver, cancellation) is { } message; i++)
        {
            var key = (queue, message.MessageId);
            if (_failed.TryGetValue(key, out var before) && time.GetUtcNow() < before.NotBefore)
            {
                kept.Add(message);
            }
            else if (await TryAsync(trigger, message, queue, cancellation))
            {
                _failed.TryRemove(key, out _);
                await message.CompleteAsync();
            }
            else
            {
                kept.Add(message);
                failed.Add(queue);
            }
        }

        foreach (var message in kept)
        {
            await message.AbandonAsync();
        }
    }

    /// <summary>Here nobody stands above the trigger: what it throws is this message's failure and no other's.</summary>
    private async Task<bool> TryAsync(ITrigger trigger, BusDelivery message, string queue, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(TryFor, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            var result = await trigger.InvokeAsync(new TriggerCall.Bus(message.Body, message.MessageId, message.DeliveryCount, message.EnqueuedAt), either.Token);
            if (result is not TriggerResult.Failed failed)
            {
                Log.Drained(log, message.MessageId, queue, result);
                return true;
            }

            Note(queue, message.MessageId, failed.Reason, null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Note(queue, message.MessageId, $"it took longer than {TryFor.TotalSeconds} s", null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Note(queue, message.MessageId, "an error of this program", e);
        }

        return false;
    }

    private void Note(string queue, string message, string why, Exception? error)
    {
        var failed = _failed.AddOrUpdate((queue, message), _ => FailedLetter.After(null, time.GetUtcNow()), (_, before) => FailedLetter.After(before, time.GetUtcNow()));
        Log.Stays(log, error, message, queue, failed.Tries, failed.NotBefore, why);
    }

    /// <summary>What has not come for long was taken away by somebody else.</summary>
    private void Forget()
    {
        var yesterday = time.GetUtcNow() - TimeSpan.FromDays(1);
        foreach (var (key, failed) in _failed)
        {
            if (failed.NotBefore < yesterday)
            {
                _failed.TryRemove(key, out _);
            }
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
        [LoggerMessage(Level = LogLevel.Warning, Message = "dead letter {Message} of {Queue} was taken up: {Result}")]
        public static partial void Drained(ILogger log, string message, string queue, TriggerResult result);

        [LoggerMessage(Level = LogLevel.Warning, Message = "dead letter {Message} of {Queue} stays, failed {Tries} times and is passed over until {NotBefore}: {Why}")]
        public static partial void Stays(ILogger log, Exception? error, string message, string queue, int tries, DateTimeOffset notBefore, string why);
    }
}
