using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Reads what says in which state a node was: its own history, its agent's, and the monitor's.</summary>
internal sealed class PastReader(Monitor monitor)
{
    /// <summary>Rows of one subject that are read; what is older is unknown then.</summary>
    private const int Most = 200_000;

    /// <summary>A node's state may change while its history is read.</summary>
    private const int Tries = 3;

    /// <summary>Changes may stand out of their order by as much.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(3);

    private readonly Action<UnreadableRowException> _skipped = UnreadableRows.To(monitor.Logs.CreateLogger<PastReader>());

    /// <summary>Null where nothing is known of such a node.</summary>
    /// <param name="from">Nothing older is asked for.</param>
    public async Task<NodePast?> ReadAsync(NodeId id, DateTimeOffset from, CancellationToken cancellation)
    {
        var now = monitor.Now;
        var exact = ExactFrom(now);
        from = from > exact ? from : exact;
        var (node, entries, oldest) = await NodeAsync(id, from, cancellation);
        if (node is null && entries.IsEmpty)
        {
            return null;
        }

        var isRemote = NodeViews.IsRemote(id);
        var line = StateLine.Of(new StateSource
        {
            Now = now,
            Oldest = oldest > exact ? oldest : exact,
            Entries = entries,
            Present = node,
            IsRemote = isRemote,
            Silences = isRemote ? [] : await SilencesAsync(id.Agent, now, cancellation),
            Gaps = await MonitorsAsync(StateLine.Gap, now, cancellation),
            Doubts = isRemote ? await MonitorsAsync(StateLine.Doubt, now, cancellation) : [],
        });
        return new NodePast(node, line, exact);
    }

    /// <summary>From this day on all transitions are kept.</summary>
    private DateTimeOffset ExactFrom(DateTimeOffset now) => RollupSpan.Day.StartOf(now - monitor.Policy.HistoryKept) + RollupSpan.Day.Length();

    private async Task<(NodeRecord? Node, ImmutableArray<HistoryEntry> Entries, DateTimeOffset Oldest)> NodeAsync(NodeId id, DateTimeOffset from, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            var before = await FindAsync(id, cancellation);
            var (entries, oldest) = await EntriesAsync(id.ToString(), from, cancellation);
            var after = await FindAsync(id, cancellation);
            if (tries == Tries || (before?.Health.State, before?.Health.Since, before?.Available) == (after?.Health.State, after?.Health.Since, after?.Available))
            {
                return (after, entries, oldest);
            }
        }
    }

    /// <summary>One that cannot be read is as one that is gone: its history is there.</summary>
    private async Task<NodeRecord?> FindAsync(NodeId id, CancellationToken cancellation) =>
        await monitor.Table.ReadAsync(Keys.Node(id), cancellation) is { } row ? Documents.TryRead(row, CoreJson.Default.NodeRecord, _skipped)?.Value : null;

    /// <summary>What says something of the state, back to the last change of it before that moment.</summary>
    private async Task<(ImmutableArray<HistoryEntry> Entries, DateTimeOffset Oldest)> EntriesAsync(string subject, DateTimeOffset from, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<HistoryEntry>();
        var read = 0;
        await foreach (var row in monitor.Table.RangeAsync(Shard.Of(subject), KeyRange.Prefix(Keys.HistoryOf(subject)), Most, cancellation))
        {
            if (Documents.TryRead(row, CoreJson.Default.HistoryEntry, _skipped)?.Value is not { } entry)
            {
                continue;
            }

            if (entry.Transition is not null || entry.Fact is NodeFact.Ordered)
            {
                found.Add(entry);
            }

            if (++read == Most)
            {
                return (found.ToImmutable(), entry.At);
            }

            if (entry.At < from - Margin && entry.Transition is not null && !entry.Place.StartsWith(StateLine.Availability, StringComparison.Ordinal))
            {
                break;
            }
        }

        return (found.ToImmutable(), DateTimeOffset.MinValue);
    }

    private async Task<ImmutableArray<Spell>> SilencesAsync(NodeName name, DateTimeOffset now, CancellationToken cancellation)
    {
        var agent = (await monitor.Table.FindAsync(Keys.Agent(name), CoreJson.Default.AgentRecord, cancellation))?.Value;
        var since = agent is null ? null : NodeViews.SilentSince(agent, monitor.Policy, now);

        // One that was removed while it was silent and enrolled again is another one.
        var open = agent is null || since is not null ? now : agent.EnrolledAt;
        var spells = Spell.Pairs(await MarksAsync(name.ToString(), StateLine.Silence, cancellation), open);
        return since is { } from ? [.. spells, new Spell(from, now)] : [.. spells];
    }

    private async Task<ImmutableArray<Spell>> MonitorsAsync(string kind, DateTimeOffset now, CancellationToken cancellation) =>
        [.. Spell.Pairs(await MarksAsync(NodeId.Monitor, kind, cancellation), now)];

    /// <summary>Oldest first.</summary>
    private async Task<List<Transition>> MarksAsync(string subject, string kind, CancellationToken cancellation)
    {
        var marks = new List<(Transition Mark, string Place)>();
        await foreach (var row in monitor.Table.RangeAsync(Shard.Of(subject), KeyRange.Prefix(Keys.HistoryOf(subject)), Most, cancellation))
        {
            if (row.Key.Key.Contains($"|{kind}", StringComparison.Ordinal) && Documents.TryRead(row, CoreJson.Default.HistoryEntry, _skipped)?.Value is { Transition: { } mark } entry)
            {
                marks.Add((mark, entry.Place));
            }
        }

        return [.. marks.OrderBy(m => m.Mark.At).ThenBy(m => m.Place, StringComparer.Ordinal).Select(m => m.Mark)];
    }
}
