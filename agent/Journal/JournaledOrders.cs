using System.Collections.Immutable;

namespace MoneroCloud.Agent;

/// <summary>The orders that were taken: kept until nobody could give them a second time.</summary>
/// <param name="All">By their ids.</param>
/// <param name="ForgottenUntil">Unix seconds: orders that expired before this may have been taken and forgotten. 0 while none was.</param>
internal sealed record JournaledOrders(ImmutableDictionary<string, JournaledOrder> All, long ForgottenUntil)
{
    /// <summary>So many are kept; further ones are not taken until one is forgotten.</summary>
    public const int Most = 10_000;

    /// <summary>Longer than an order's end, since the monitor's clock is not ours.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(2);

    public static JournaledOrders Empty { get; } = new(ImmutableDictionary.Create<string, JournaledOrder>(StringComparer.Ordinal), 0);

    public bool IsFull => All.Count >= Most;

    public JournaledOrders Apply(JournalRecord record) => record switch
    {
        JournalRecord.OrderTaken taken => this with { All = All.SetItem(taken.Order, new JournaledOrder(taken, Ended: false)) },
        JournalRecord.OrderEnded ended when All.TryGetValue(ended.Order, out var order) => this with { All = All.SetItem(ended.Order, order with { Ended = true }) },
        _ => this,
    };

    /// <summary>Without what expired long enough ago and has ended.</summary>
    public JournaledOrders Forget(DateTimeOffset now)
    {
        var limit = (now - KeptFor).ToUnixTimeSeconds();
        var old = All.Where(o => o.Value.Ended && o.Value.Taken.ExpiresAt < limit).Select(o => o.Value.Taken).ToImmutableArray();
        return old.IsEmpty
            ? this
            : new JournaledOrders(All.RemoveRange(old.Select(o => o.Order)), Math.Max(ForgottenUntil, old.Max(o => o.ExpiresAt)));
    }

    /// <summary>The fewest records that give these back.</summary>
    public IEnumerable<JournalRecord> Records() => All.Values.SelectMany(o =>
        o.Ended ? new JournalRecord[] { o.Taken, new JournalRecord.OrderEnded(o.Taken.Order) } : [o.Taken]);
}
