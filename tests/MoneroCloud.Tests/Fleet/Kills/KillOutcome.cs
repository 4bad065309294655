using MoneroCloud.Core;

namespace MoneroCloud.Tests;

/// <summary>What a <see cref="KillRun"/> left behind.</summary>
internal sealed record KillOutcome
{
    /// <summary>Of the first process, in their order.</summary>
    public required IReadOnlyList<(string Call, bool Changes)> Calls { get; init; }

    public required bool HasKilled { get; init; }

    public required SortedDictionary<string, string> Rows { get; init; }

    /// <summary>The id of each delivery, as often as it was sent.</summary>
    public required IReadOnlyList<string> Told { get; init; }

    /// <summary>The key of each message that people got, as often as it was sent.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>All orders that came into the agent's queue.</summary>
    public required IReadOnlyList<(string Id, string MessageId, ProcessIdentity? Life)> Orders { get; init; }

    /// <summary>The ids of all messages that came into the alerts queue.</summary>
    public required IReadOnlyList<string> Messages { get; init; }

    /// <summary>What is not as it was in the run in which nobody died; empty when all is well.</summary>
    public IEnumerable<string> Faults(KillOutcome undisturbed)
    {
        var crashes = HasKilled ? 1 : 0;
        foreach (var key in Rows.Keys.Union(undisturbed.Rows.Keys).Where(k => Rows.GetValueOrDefault(k) != undisturbed.Rows.GetValueOrDefault(k)))
        {
            yield return $"row {key} is {Rows.GetValueOrDefault(key)} and was {undisturbed.Rows.GetValueOrDefault(key)}";
        }

        foreach (var delivery in Told.Union(undisturbed.Told).Where(d => Told.Contains(d) != undisturbed.Told.Contains(d)))
        {
            yield return $"alert {delivery} was {(Told.Contains(delivery) ? "made up" : "never told")}";
        }

        if (Notices.Count - Notices.Distinct().Count() is var doubled && doubled > crashes)
        {
            yield return $"{doubled} messages were sent twice";
        }

        if (doubled == 0 && Told.Count != Told.Distinct().Count())
        {
            yield return "an alert was told in two messages";
        }

        if (Orders.Select(o => o.Id).Distinct().Count() is var orders && orders != undisturbed.Orders.Select(o => o.Id).Distinct().Count())
        {
            yield return $"the agent got {orders} orders";
        }

        foreach (var life in Orders.DistinctBy(o => o.Id).GroupBy(o => o.Life).Where(g => g.Key is not null && g.Count() > 1))
        {
            yield return $"{life.Count()} orders are for the same life {life.Key}";
        }

        foreach (var repeated in Messages.Concat(Orders.Select(o => o.MessageId)).GroupBy(id => id).Where(g => g.Count() > 1))
        {
            yield return $"message {repeated.Key} was sent {repeated.Count()} times as the same attempt";
        }

        foreach (var left in Rows.Keys.Where(k => k.Contains("/o|", StringComparison.Ordinal)))
        {
            yield return $"{left} is still in the outbox";
        }
    }
}
