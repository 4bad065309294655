using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>
/// How much of the fleet was restarted by automatic order lately: one small row, changed by compare-and-set before the order is stored. A slot
/// that was reserved and never used only makes the budget stricter. Pure. Settable, so that what a stored text leaves out keeps its default.
/// </summary>
internal sealed record RestartBudget
{
    /// <summary>What fits into the row; a larger fleet is not restarted faster.</summary>
    public const int MostSlots = 200;

    public ImmutableArray<BudgetSlot> Slots { get; set; } = [];

    /// <summary>Before this nothing is allowed: what was reserved before is not known any more.</summary>
    public DateTimeOffset? ClosedUntil { get; set; }

    /// <summary>For a row that could not be read.</summary>
    public static RestartBudget Unknown(DateTimeOffset now, RestartPolicy policy) => new() { ClosedUntil = now + policy.Window };

    /// <param name="nodes">In the fleet.</param>
    public BudgetAnswer Reserve(BudgetSlot wanted, int nodes, RestartPolicy policy)
    {
        // A clock that was set back makes it no looser: what lies ahead counts, for at most one window.
        var lately = Slots.RemoveAll(s => (wanted.At - s.At).Duration() >= policy.Window);
        if (lately.Any(s => s.For == wanted.For))
        {
            return new BudgetAnswer.Granted(this);
        }

        if (ClosedUntil is { } until && wanted.At < until)
        {
            return new BudgetAnswer.Refused($"what the fleet's budget has left is not known; nothing is restarted before {Words.Time(until)}");
        }

        if (wanted.Daemon is { } daemon && lately.Any(s => s.Daemon == daemon))
        {
            return new BudgetAnswer.Refused($"another node with the same daemon, which is down, was restarted within the last {Words.Duration(policy.Window)}");
        }

        var allowed = policy.Allowed(nodes);
        return lately.Length < allowed
            ? new BudgetAnswer.Granted(this with { Slots = lately.Add(wanted), ClosedUntil = null })
            : new BudgetAnswer.Refused($"the fleet's budget of {allowed} in {Words.Duration(policy.Window)} is used up; it has room again at {Words.Time(FreeAt(lately, allowed, policy))}");
    }

    private static DateTimeOffset FreeAt(ImmutableArray<BudgetSlot> slots, int allowed, RestartPolicy policy) =>
        slots.Select(s => s.At).Order().ElementAt(slots.Length - allowed) + policy.Window;
}
