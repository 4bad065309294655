using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Calls the deliverer of a channel, and keeps to what the channel takes. What comes soon after another goes into one message: the first opens a
/// window, and its deliverer waits until that is over.
/// </summary>
internal sealed partial class Channels(Monitor monitor)
{
    /// <summary>By then a deliverer that was called has claimed what was due, or will not come.</summary>
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan LimitWindow = TimeSpan.FromMinutes(1);
    private const int MaxRaces = 10;

    /// <summary>Messages in a row that are not held up by each other.</summary>
    private const int BeforeSpaced = 3;

    private readonly ILogger _log = monitor.Logs.CreateLogger<Channels>();

    /// <summary>No window ends later than so long after it was opened or joined.</summary>
    private TimeSpan LongestWindow => monitor.Policy.Rules is var rules && rules.GroupWait > rules.GroupInterval ? rules.GroupWait : rules.GroupInterval;

    /// <summary>Something new is to go out: when it will.</summary>
    /// <returns>The end of the window into which it falls; a deliverer is called for it at once when it is a new one and near.</returns>
    public async Task<DateTimeOffset> JoinAsync(string channel, CancellationToken cancellation)
    {
        var rules = monitor.Policy.Rules;
        for (var races = 0; races < MaxRaces; races++)
        {
            var (standing, now) = (await FindAsync(channel, cancellation), monitor.Now);
            if (standing.Value.FlushAt > now)
            {
                return standing.Value.FlushAt;
            }

            var next = Window(standing.Value, rules, now);
            if (await CommitAsync(channel, standing, next, cancellation))
            {
                return next.FlushAt;
            }
        }

        return monitor.Now + rules.GroupWait;
    }

    /// <summary>Something is due, or will be in a moment. Null when a deliverer was called already.</summary>
    public async Task<BusSend?> WakeAsync(string channel, CancellationToken cancellation)
    {
        var (standing, now) = (await FindAsync(channel, cancellation), monitor.Now);
        if (standing.Value.WokenAt is { } woken && woken <= now && now < Later(woken, standing.Value.FlushAt <= now ? woken : standing.Value.FlushAt) + AgainAfter)
        {
            return null;
        }

        var next = standing.Value with { Wake = standing.Value.Wake + 1, WokenAt = now };
        if (!await CommitAsync(channel, standing, next, cancellation))
        {
            return null; // Somebody else calls.
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new OutboxMessage(channel), MonitorJson.Default.OutboxMessage);
        var sent = await monitor.Bus.SendAsync(Names.AlertsQueue, new BusMessage { MessageId = $"{channel}:{next.Wake}", Body = body }, cancellation);
        if (sent is not BusSend.Accepted)
        {
            Log.NotSent(_log, channel, sent);
            await AsleepAsync(channel, default, cancellation);
        }

        return sent;
    }

    /// <summary>The deliverer has ended: what comes next calls another.</summary>
    /// <param name="ended">What became of the alerts that it had.</param>
    public async Task AsleepAsync(string channel, DeliveryTally ended, CancellationToken cancellation)
    {
        for (var races = 0; races < MaxRaces; races++)
        {
            var standing = await FindAsync(channel, cancellation);
            if (ended.IsNothing && standing.Value.WokenAt is null)
            {
                return;
            }

            var next = standing.Value with
            {
                WokenAt = races == 0 ? null : standing.Value.WokenAt, // Lost: by somebody who is awake.
                UsedAt = ended.Delivered > 0 ? monitor.Now : standing.Value.UsedAt,
                Delivered = standing.Value.Delivered + ended.Delivered,
                Refused = standing.Value.Refused + ended.Refused,
            };
            if (await CommitAsync(channel, standing, next, cancellation) || ended.IsNothing)
            {
                return;
            }
        }
    }

    /// <summary>Whether nothing has gone out over it for so long; it counts as used from here on. From the first look on, not from its first message.</summary>
    public async Task<bool> TakeQuietAsync(string channel, TimeSpan quiet, CancellationToken cancellation)
    {
        var (standing, now) = (await FindAsync(channel, cancellation), monitor.Now);
        var isQuiet = now - standing.Value.UsedAt >= quiet;
        return (isQuiet || standing.Value.UsedAt is null) && await CommitAsync(channel, standing, standing.Value with { UsedAt = now }, cancellation) && isQuiet;
    }

    public async Task<DateTimeOffset> FlushAtAsync(string channel, CancellationToken cancellation) => (await FindAsync(channel, cancellation)).Value.FlushAt;

    /// <summary>A message may be sent now, and counts as sent.</summary>
    /// <returns>Null when it may; else when the next may.</returns>
    public async Task<DateTimeOffset?> TakeSlotAsync(string channel, CancellationToken cancellation)
    {
        if (!monitor.Policy.ChannelLimits.TryGetValue(channel, out var limit))
        {
            return null;
        }

        for (var races = 0; races < MaxRaces; races++)
        {
            var (standing, now) = (await FindAsync(channel, cancellation), monitor.Now);
            ImmutableArray<DateTimeOffset> sent = [.. standing.Value.Sent.Where(at => now - at < LimitWindow && at <= now)];
            if (sent.Length >= limit)
            {
                return sent[^limit] + LimitWindow;
            }

            if (await CommitAsync(channel, standing, standing.Value with { Sent = sent.Add(now) }, cancellation))
            {
                return null;
            }
        }

        return monitor.Now + TimeSpan.FromSeconds(1);
    }

    /// <summary>The first few messages go out as they come; where more follow, they are spaced.</summary>
    private static ChannelStanding Window(ChannelStanding standing, AlertRules rules, DateTimeOffset now)
    {
        var inARow = now - standing.FlushAt <= rules.GroupInterval ? standing.InARow + 1 : 0;
        var soon = now + rules.GroupWait;
        return standing with { InARow = inARow, FlushAt = inARow < BeforeSpaced ? soon : Later(soon, standing.FlushAt + rules.GroupInterval) };
    }

    private async Task<Stored<ChannelStanding>> FindAsync(string channel, CancellationToken cancellation)
    {
        var found = await monitor.Table.FindOrRenewAsync(Keys.Channel(channel), MonitorJson.Default.ChannelStanding, () => new ChannelStanding(), e => Log.Unreadable(_log, channel, e.Message), cancellation)
            ?? new Stored<ChannelStanding>(new ChannelStanding(), null);

        // By a clock that was set back since: until then, nothing would go out.
        return found.Value.FlushAt - monitor.Now > LongestWindow ? found with { Value = found.Value with { FlushAt = default, InARow = 0 } } : found;
    }

    private async Task<bool> CommitAsync(string channel, Stored<ChannelStanding> before, ChannelStanding next, CancellationToken cancellation) =>
        await monitor.Table.CommitAsync([Documents.Write(Keys.Channel(channel), before with { Value = next }, MonitorJson.Default.ChannelStanding)], cancellation) is CommitResult.Committed;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "what is due over {Channel} did not get onto the bus and is tried again: {Result}")]
        public static partial void NotSent(ILogger log, string channel, BusSend result);

        [LoggerMessage(Level = LogLevel.Error, Message = "what is known of channel {Channel} begins anew: {Reason}")]
        public static partial void Unreadable(ILogger log, string channel, string reason);
    }
}
