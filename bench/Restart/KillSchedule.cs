using System.Collections.Immutable;

namespace MoneroCloud.Bench;

/// <summary>When which child is killed: the same for every supervisor, interleaved, and the same again for the same seed.</summary>
internal static class KillSchedule
{
    /// <summary>
    /// In each round every supervisor loses its next child in turn. The supervisors' order is shuffled in each round and each kill
    /// moves a little inside its slot, so that no supervisor's own period falls in step with the schedule.
    /// </summary>
    /// <param name="gap">The least time between two kills of one child.</param>
    public static ImmutableArray<PlannedKill> Make(int stands, int children, int kills, TimeSpan gap, int seed)
    {
        // A child's slot may come a whole round earlier than the time before, so a cycle is one round longer than the gap.
        var round = gap / (children - 1);
        var slot = round / stands;
#pragma warning disable CA5394 // a repeatable order, not a secret
        var random = new Random(seed);
        var plan = ImmutableArray.CreateBuilder<PlannedKill>(stands * kills);
        for (var kill = 0; kill < kills; kill++)
        {
            var order = Enumerable.Range(0, stands).ToArray();
            random.Shuffle(order);
            for (var place = 0; place < stands; place++)
            {
                var due = (round * kill) + (slot * (place + (random.NextDouble() * 0.5)));
                plan.Add(new PlannedKill(due, order[place], kill % children));
            }
        }
#pragma warning restore CA5394

        return plan.MoveToImmutable();
    }

    /// <summary>The least time between two kills of one child in a plan.</summary>
    public static TimeSpan LeastGap(IEnumerable<PlannedKill> plan) =>
        plan.GroupBy(k => (k.Stand, k.Child))
            .SelectMany(kills => kills.Zip(kills.Skip(1), (first, second) => second.Due - first.Due))
            .DefaultIfEmpty(TimeSpan.MaxValue)
            .Min();
}
