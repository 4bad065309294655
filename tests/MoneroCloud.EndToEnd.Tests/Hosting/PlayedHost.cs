using System.Globalization;
using System.Text.Json.Nodes;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The Functions host before some handlers: it gives each message of a queue to all of them at once, and completes it when all say so.</summary>
/// <param name="giveUpAfter">A defect: the message is completed after this long, whatever became of it. Null: the host has its own patience.</param>
internal sealed class PlayedHost(BusConnection bus, TimeSpan? giveUpAfter, params HandlerProcess[] handlers) : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _running = [];
    private int _completed;
    private int _mostDeliveries;

    /// <summary>Messages that are done with.</summary>
    public int Completed => Volatile.Read(ref _completed);

    /// <summary>How often one message was delivered, at the most.</summary>
    public int MostDeliveries => Volatile.Read(ref _mostDeliveries);

    public void Serve(string queue, string function, int concurrent) => _running.Add(ServeAsync(queue, function, concurrent));

    /// <summary>The payload as the host has recorded it, with another message in it.</summary>
    public static byte[] Payload(QueueMessage message)
    {
        var payload = JsonNode.Parse(RecordedPayload.Of("bus-binary"))!;
        payload["Data"]!["message"] = Convert.ToBase64String(message.Body.Span);
        var metadata = payload["Metadata"]!;
        metadata["DeliveryCount"] = $"{message.DeliveryCount}";
        metadata["EnqueuedTimeUtc"] = message.EnqueuedAt?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        metadata["MessageId"] = $"\"{message.MessageId}\"";
        return System.Text.Encoding.UTF8.GetBytes(payload.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_running);
        _end.Dispose();
    }

    private async Task ServeAsync(string queue, string function, int concurrent)
    {
        try
        {
            await new BusSource(bus).ReceiveAsync(queue, concurrent, message => TakeAsync(message, function), _end.Token);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
        }
    }

    private async Task<bool> TakeAsync(QueueMessage message, string function)
    {
        InterlockedMax(message.DeliveryCount ?? 1);
        var payload = Payload(message);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        late.CancelAfter(giveUpAfter ?? Timeout.InfiniteTimeSpan);
        var done = await Task.WhenAll(handlers.Select(h => AskAsync(h, function, payload, late.Token)));
        var completes = giveUpAfter is not null || done.All(d => d);
        Interlocked.Add(ref _completed, completes ? 1 : 0);
        return completes;
    }

    private static async Task<bool> AskAsync(HandlerProcess handler, string function, byte[] payload, CancellationToken cancellation)
    {
        try
        {
            return await handler.InvokeAsync(function, payload, cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void InterlockedMax(int deliveries)
    {
        for (var seen = MostDeliveries; deliveries > seen; seen = MostDeliveries)
        {
            Interlocked.CompareExchange(ref _mostDeliveries, deliveries, seen);
        }
    }
}
