using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// <c>deliver</c>: sends what is due over one channel, as few messages as it fits into. Claim, send, record: only who holds the claim sends.
/// </summary>
internal sealed partial class DeliverTrigger(Monitor monitor, IReadOnlyList<INotifier> notifiers) : ITrigger
{
    /// <summary>A message takes at most 20 s: after that, no other is begun: what is left is due, and the next sweep calls again.</summary>
    private static readonly TimeSpan BeginWithin = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private readonly ILogger _log = monitor.Logs.CreateLogger<DeliverTrigger>();
    private readonly Channels _channels = new(monitor);

    public string Name => "deliver";

    public Task<TriggerResult> InvokeAsync(TriggerCall call, CancellationToken cancellation) =>
        call is TriggerCall.Bus bus ? DeliverAsync(bus.Body, cancellation) : throw new InvalidOperationException("deliveries come from the bus");

    private async Task<TriggerResult> DeliverAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (ChannelOf(body) is not { } channel)
        {
            await Refusals.CountAsync(monitor, Names.AlertsQueue, "malformed", cancellation);
            return new TriggerResult.Refused("the message is no channel");
        }

        var notifier = notifiers.FirstOrDefault(n => n.Channel == channel) ?? new MissingNotifier(channel);
        var delivery = new Delivery(monitor, notifier);
        return await Patience.TryAsync(
            monitor.Time,
            async () =>
            {
                await WindowAsync(channel, cancellation);
                var begun = monitor.Time.GetTimestamp();
                while (monitor.Time.GetElapsedTime(begun) < BeginWithin && await delivery.OneMessageAsync(_channels, cancellation))
                {
                }

                await _channels.AsleepAsync(channel, delivery.Ended, cancellation);
                return TriggerResult.Done.Instance;
            },
            cancellation);
    }

    /// <summary>
    /// What still comes goes into the same message. Never less than the whole window: a delay is cut to whole milliseconds, and who comes a part of one too early
    /// finds nothing due and leaves it to the next sweep.
    /// </summary>
    private async Task WindowAsync(string channel, CancellationToken cancellation)
    {
        var end = await _channels.FlushAtAsync(channel, cancellation);
        if (end - monitor.Now <= LongestWait)
        {
            for (var left = end - monitor.Now; left > TimeSpan.Zero; left = end - monitor.Now)
            {
                Log.Waits(_log, channel, left);
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), monitor.Time, cancellation);
            }
        }
    }

    private static string? ChannelOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, MonitorJson.Default.OutboxMessage) is { Channel: { } channel } && NodeName.TryParse(channel, out _) ? channel : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "{Channel} waits {Left} for more of the same message")]
        public static partial void Waits(ILogger log, string channel, TimeSpan left);
    }
}
