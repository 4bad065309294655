using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What the journal says of one node.</summary>
internal sealed record JournaledNode
{
    public static JournaledNode Empty { get; } = new();

    /// <summary>The marker of the last intended spawn; null when that process has ended.</summary>
    public string? Marker { get; init; }

    /// <summary>The last spawned identity; null when it was never recorded, or has ended.</summary>
    public ProcessIdentity? Identity { get; init; }

    public DesiredState Desired { get; init; } = new DesiredState.Running();

    /// <summary>Null: agent.json's word holds.</summary>
    public bool? Available { get; init; }

    public int Openings { get; init; }

    public DateTimeOffset? BrokenUntil { get; init; }

    /// <summary>A stop or restart that was under way; null when none was.</summary>
    public LadderView? Ladder { get; init; }

    /// <summary>When the breaker opened, and why; null where that is not known.</summary>
    public DateTimeOffset? BrokenSince { get; init; }

    public string? BrokenWhy { get; init; }

    /// <summary>The breaker that is still open; null when none is.</summary>
    /// <param name="now">By the wall clock, which may have been set back since.</param>
    /// <param name="most">No breaker stays open for longer.</param>
    public BreakerStanding? BreakerAt(DateTimeOffset now, TimeSpan most) => BrokenUntil is not { } until || until <= now ? null : new BreakerStanding
    {
        State = BreakerState.Open,
        Since = BrokenSince ?? now,
        Why = BrokenWhy ?? "it had opened before the agent was started",
        NextTry = until - now < most ? until : now + most,
    };

    public JournaledNode Apply(JournalRecord record) => record switch
    {
        JournalRecord.Intent intent => this with { Marker = intent.Marker, Identity = null },
        JournalRecord.Spawned spawned => this with { Marker = spawned.Identity.Marker, Identity = spawned.Identity },
        JournalRecord.Ended => this with { Marker = null, Identity = null },
        JournalRecord.Stopped stopped => this with { Desired = new DesiredState.Stopped(stopped.By, stopped.At) },
        JournalRecord.Running => this with { Desired = new DesiredState.Running() },
        JournalRecord.Available available => this with { Available = available.Value },
        JournalRecord.Breaker breaker => this with { Openings = breaker.Openings, BrokenUntil = breaker.Until, BrokenSince = breaker.Since, BrokenWhy = breaker.Why },
        JournalRecord.Climbing climbing => this with { Ladder = climbing.View },
        _ => this,
    };

    /// <summary>The fewest records that give this node back.</summary>
    public IEnumerable<JournalRecord> Records(NodeName node)
    {
        if (Identity is { } identity)
        {
            yield return new JournalRecord.Spawned(node, identity);
        }
        else if (Marker is { } marker)
        {
            yield return new JournalRecord.Intent(node, marker);
        }

        if (Desired is DesiredState.Stopped stopped)
        {
            yield return new JournalRecord.Stopped(node, stopped.By, stopped.At);
        }

        if (Available is { } available)
        {
            yield return new JournalRecord.Available(node, available);
        }

        if (BrokenUntil is not null)
        {
            yield return new JournalRecord.Breaker(node, Openings, BrokenUntil) { Since = BrokenSince, Why = BrokenWhy };
        }

        if (Ladder is not null)
        {
            yield return new JournalRecord.Climbing(node, Ladder);
        }
    }
}
