using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>One message over one channel, from the claim to the record of what became of each alert in it.</summary>
internal sealed partial class Delivery(Monitor monitor, INotifier notifier)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private readonly ILogger _log = monitor.Logs.CreateLogger<Delivery>();
    private readonly Ledger _ledger = new(monitor, notifier.Channel);
    private readonly HeldEnds _ends = new(monitor, notifier.Channel);

    /// <summary>What became of the alerts so far.</summary>
    public DeliveryTally Ended { get; private set; }

    /// <returns>False when nothing more can be sent now.</returns>
    public async Task<bool> OneMessageAsync(Channels channels, CancellationToken cancellation)
    {
        var due = await _ends.LeaveOutAsync(await _ledger.DueAsync(cancellation), cancellation);
        if (due.Count == 0)
        {
            return false;
        }

        if (await channels.TakeSlotAsync(notifier.Channel, cancellation) is { } next)
        {
            Log.Limited(_log, notifier.Channel, due.Count, next);
            return false;
        }

        var claimed = await _ledger.ClaimAsync(_ledger.OneMessage(due), cancellation);
        if (claimed.Count == 0)
        {
            return false; // Somebody else is at it.
        }

        var wanted = await WantedAsync(claimed, cancellation);
        if (wanted.Count == 0)
        {
            return true;
        }

        var traces = wanted.Select(w => w.Item.Value.Trace).Where(t => t is not null).ToList();
        using var span = Traces.After(traces.FirstOrDefault(), Traces.Deliver, traces)?.SetTag(Traces.Channel, notifier.Channel).SetTag(Traces.Alerts, wanted.Count);
        var sent = await notifier.SendAsync(NoticeOf(wanted), cancellation);
        span?.SetTag(Traces.Result, sent.GetType().Name.ToLowerInvariant());
        await RecordAsync(wanted, sent, cancellation);
        Ended += sent is Notified.Delivered ? new DeliveryTally(wanted.Count, 0) : default;
        return sent is not Notified.Deferred;
    }

    /// <summary>What was silenced, acknowledged or put into maintenance while it waited is not sent any more.</summary>
    private async Task<List<ClaimedAlert>> WantedAsync(List<ClaimedAlert> claimed, CancellationToken cancellation)
    {
        var views = new RoutingViews(monitor);
        var wanted = new List<ClaimedAlert>();
        foreach (var one in claimed)
        {
            if (!HasWaited(one.Item.Value) || !await HideAsync(one, views, cancellation))
            {
                wanted.Add(one);
            }
        }

        return wanted;
    }

    private bool HasWaited(OutboxItem item) =>
        item.Alert!.Kind != AlertKind.Test && monitor.Now - item.RoutedAt > monitor.Policy.Rules.GroupWait + monitor.Policy.Rules.GroupInterval + FirstWait;

    /// <summary>Its incident is told again when what hides it is over.</summary>
    private async Task<bool> HideAsync(ClaimedAlert one, RoutingViews views, CancellationToken cancellation)
    {
        var alert = one.Item.Value.Alert!;
        var incident = alert.Incident is { } id ? await IncidentRows.FindAsync(monitor.Table, alert.Subject, id, cancellation) : null;
        if (AlertRouting.WhileWaiting(alert, await views.OfAsync(alert, incident?.Value, false, cancellation)) is not { } hidden)
        {
            return false;
        }

        await _ledger.EndAsync(
            [one],
            item => Record(item) with { Hidden = hidden.By },
            _ => incident is null || hidden.Hold is null ? [] : [IncidentRows.Changed(incident, IncidentFold.Untold(incident.Value, alert, hidden.By, hidden.Hold, monitor.Now), monitor.Policy.Rules, monitor.Now)],
            cancellation);
        return true;
    }

    private Notice NoticeOf(List<ClaimedAlert> claimed)
    {
        var first = claimed[0].Item.Value;
        var items = claimed.Select(c => new NoticeItem(c.Item.Value.Alert!, Link(c.Item.Value.Alert!.Incident))).ToImmutableArray();
        return new Notice
        {
            Key = first.Message!,
            At = first.MessageAt!.Value,
            Items = items,
            Link = items is [var only] && only.Link is { } link ? link : monitor.Policy.PublicUrl is { } root ? new Uri(root, "dashboard/incidents") : null,
        };
    }

    private Uri? Link(string? incident) => incident is null || monitor.Policy.PublicUrl is not { } root ? null : new Uri(root, $"dashboard/incidents/{incident}");

    /// <summary>What was sent is not sent again because it could not be recorded at once.</summary>
    private Task<TriggerResult> RecordAsync(List<ClaimedAlert> claimed, Notified sent, CancellationToken cancellation) => Patience.TryAsync(
        monitor.Time,
        async () =>
        {
            await (sent switch
            {
                Notified.Delivered delivered => _ledger.EndAsync(claimed, item => Record(item) with { Receipt = delivered.Receipt }, _ => [], cancellation),
                Notified.Refused refused => RefusedAsync(claimed, refused.Why, cancellation),
                Notified.Deferred deferred => DeferredAsync(claimed, deferred, cancellation),
                _ => throw new InvalidOperationException(sent.GetType().Name),
            });
            return TriggerResult.Done.Instance;
        },
        cancellation);

    private async Task DeferredAsync(List<ClaimedAlert> claimed, Notified.Deferred deferred, CancellationToken cancellation)
    {
        var old = claimed.Where(c => monitor.Now - c.Item.Value.RoutedAt > monitor.Policy.Rules.GiveUpAfter).ToList();
        var kept = claimed.Except(old).ToList();
        if (old.Count > 0)
        {
            await RefusedAsync(old, $"given up: {deferred.Why}", cancellation);
        }

        if (kept.Count > 0)
        {
            var attempt = kept.Max(c => c.Item.Value.Attempt);
            var wait = deferred.NotBefore ?? TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(attempt - 1, 10)));
            Log.Deferred(_log, kept.Count, notifier.Channel, deferred.Why, wait);
            await _ledger.PutBackAsync(kept, _ => monitor.Now + wait, deferred.Why, cancellation);
        }
    }

    /// <summary>What one channel refuses for good goes on over the fallback: that is the end of it only where the fallback itself refuses.</summary>
    private async Task RefusedAsync(List<ClaimedAlert> claimed, string why, CancellationToken cancellation)
    {
        var fallback = monitor.Policy.Rules.Fallback ?? Names.LogChannel;
        Log.Refused(_log, claimed.Count, notifier.Channel, why);
        await _ledger.EndAsync(
            claimed,
            item => Record(item) with { Refused = why },
            item => fallback == notifier.Channel || item.EscalatedFrom is not null ? [] : [AlertRows.Ledger(item.Alert!, fallback, monitor.Now, monitor.Now, notifier.Channel)],
            cancellation);
        Ended += new DeliveryTally(0, claimed.Count);
    }

    private DeliveryRecord Record(OutboxItem item) => new()
    {
        Alert = item.Alert!,
        Channel = item.Channel!,
        At = monitor.Now,
        EscalatedFrom = item.EscalatedFrom,
        Message = item.Message,
        Attempts = item.Attempt,
        LostClaims = item.LostClaims,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} alerts over {Channel} were not delivered ({Why}) and are tried again in {Wait}")]
        public static partial void Deferred(ILogger log, int count, string channel, string why, TimeSpan wait);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Count} alerts were refused by {Channel}: {Why}")]
        public static partial void Refused(ILogger log, int count, string channel, string why);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Channel} takes no more for now: {Count} alerts wait until {Next}")]
        public static partial void Limited(ILogger log, string channel, int count, DateTimeOffset next);
    }
}
