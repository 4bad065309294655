using System.Globalization;

namespace MoneroCloud.Core;

/// <summary>What a history holds, in words for people: the same on a host's command line, through a monitor and on its pages.</summary>
internal static class HistoryText
{
    /// <summary>A line for the fact, one for the change of health, one for the order.</summary>
    public static IEnumerable<string> Of(HistoryEntry entry)
    {
        if (entry.Fact is { } fact)
        {
            yield return Of(fact);
        }

        if (entry.Transition is { } transition)
        {
            yield return Of(transition);
        }

        if (entry.Order is { } order)
        {
            yield return Of(order);
        }
    }

    public static string Of(Transition t) => t.From == t.To
        ? $"{t.To}: {t.ToCondition}: {t.Explanation}"
        : $"{t.From} -> {t.To}: {t.ToCondition}: {t.Explanation}";

    public static string Of(OrderMark mark)
    {
        var cause = mark.Automatic is { } reason ? $"automatically for {reason.Condition}: {reason.Explanation}" : $"by {mark.By}";
        var verb = mark.Verb.ToString().ToLowerInvariant();
        return mark.State == OrderState.Expired ? $"order {mark.Order}: {verb}, expired: it was not taken in time" : $"order {mark.Order}: {verb}, placed {cause}";
    }

    public static string Of(NodeFact fact) => fact switch
    {
        NodeFact.Spawned f => $"started, pid {f.Pid}",
        NodeFact.Adopted f => $"adopted, pid {f.Pid}",
        NodeFact.Found f => $"found, pid {f.Pid}",
        NodeFact.SpawnFailed f => f.Reason,
        NodeFact.Answered f => $"answered for the first time, {f.AfterMs} ms after its start (version {f.Version >> 16}.{f.Version & 0xFFFF})",
        NodeFact.WalletOpened f => $"opened its wallet in {f.AfterMs} ms",
        NodeFact.WalletOpenFailed f => $"could not open its wallet: {f.Reason}",
        NodeFact.Exited f => $"exited ({How(f)}), pid {f.Pid}{(f.Expected ? ", as ordered" : "")}",
        NodeFact.Stopping f => $"stopping, pid {f.Pid}: {f.Step}",
        NodeFact.Signalled f => $"signal {f.Signal} to pid {f.Pid}: {f.Why}",
        NodeFact.UnitCommand f => $"systemctl {f.Verb} {f.Unit}: {f.Why}{(f.Failure is null ? "; done" : $"; failed: {f.Failure}")}",
        NodeFact.BackedOff f => $"waits {Seconds(f.ForMs)} before the next start",
        NodeFact.BreakerOpened f => $"breaker open for {Seconds(f.ForMs)}: {f.Why}",
        NodeFact.BreakerClosed f => $"breaker closed: {f.Why}",
        NodeFact.Ordered f => $"{f.Verb} ordered by {f.By}",
        NodeFact.Observed f => $"observed {f.Seen.Row.Condition}, {f.Seen.Row.Count} in a row",
        NodeFact.OrderTaken f => $"order {f.Order}: {f.Verb.ToString().ToLowerInvariant()}, taken",
        NodeFact.OrderEnded f => $"order {f.Order}: {f.Outcome.Result}: {f.Outcome.Text}",
        NodeFact.OrderRefused f => $"refused an order{(f.Order is null ? "" : $" ({f.Order})")}: {f.Reason}",
        NodeFact.LadderMoved f => $"step {ProofText.Of(f.Step)}",
        NodeFact.Proved f => ProofText.Of(f.Proof),
        NodeFact.Lost f => $"{f.Count} events were dropped: the monitor could not be reached for too long",
        _ => fact.GetType().Name,
    };

    private static string How(NodeFact.Exited exit) =>
        (exit.Signal is { } signal ? $"signal {signal}" : exit.Code is { } code ? $"code {code}" : "code unknown")
        + (exit.Cause == ExitCause.Unknown ? "" : $", {exit.Cause}");

    private static string Seconds(long ms) => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000.0:0.#} s");
}
