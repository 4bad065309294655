namespace MoneroCloud.Core;

/// <summary>A decision about a restart as a change of the node: its record, what goes into its history, and what its alert says of it. Pure.</summary>
internal static class RemedyFold
{
    /// <summary>Nothing is in the way of a restart any more, or none is wanted.</summary>
    public static NodeChange Cleared(NodeChange change) =>
        change.Next.HeldRestart is null ? change : change with { Next = change.Next with { HeldRestart = null } };

    public static NodeChange Held(NodeChange change, string reason, DateTimeOffset now)
    {
        var (next, condition) = (change.Next, change.Next.Health.Condition);
        var since = next.HeldRestart is { } before && before.Condition == condition ? before.Since : now;
        return Say(change, $"not restarted: {reason}") with { Next = next with { HeldRestart = new HeldRestart(condition, reason, since) } };
    }

    public static NodeChange Placed(NodeChange change, OrderRecord record, RemedyDecision.Wanted wanted)
    {
        var restart = new AutomaticRestart
        {
            Order = record.Order.Id,
            Identity = wanted.Identity,
            Condition = wanted.Reason.Condition,
            Try = wanted.Try,
            PlacedAt = record.StoredAt,
            ExpiresAt = record.ExpiresAt(),
        };
        return Say(change, $"the monitor has ordered its restart (order {record.Order.Id})") with
        {
            Next = change.Next with { LastRestart = restart, HeldRestart = null },
            Placed = record,
        };
    }

    private static NodeChange Say(NodeChange change, string what) => change with
    {
        Alerts = [.. change.Alerts.Select(a => a is { Kind: AlertKind.Down, Condition: { } condition } && Remedies.IsOrdered(condition) ? a with { Text = $"{a.Text}; {what}" } : a)],
    };
}
