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
    /// <param name="known">As it was read just now, by who has done so.</param>
    /// <param name="from">Nothing older is asked for.</param>
    public async Task<NodePast?> ReadAsync(NodeId id, NodeRecord? known, DateTimeOffset from, CancellationToken cancellation)
    {
        var (now, isRemote) = (monitor.Now, NodeViews.IsRemote(id));
        var exact = ExactFrom(now);
        var reading = NodeAsync(id, known, from > exact ? from : exact, cancellation);
        var silences = isRemote ? Task.FromResult(ImmutableArray<Spell>.Empty) : SilencesAsync(id.Agent, now, cancellation);
        var own = MarksAsync(NodeId.Monitor, isRemote ? [StateLine.Gap, StateLine.Doubt] : [StateLine.Gap], cancellation);
        await Task.WhenAll(reading, silences, own);
        var ((node, entries, oldest), marks) = (await reading, await own);
        if (node is null && entries.IsEmpty)
        {
            return null;
        }

        var line = StateLine.Of(new StateSource
        {
            Now = now,
            Oldest = oldest > exact ? oldest : exact,
            Entries = entries,
            Present = node,
            IsRemote = isRemote,
            Silences = await silences,
            Gaps = [.. Spell.Pairs(marks[StateLine.Gap], now)],
            Doubts = isRemote ? [.. Spell.Pairs(marks[StateLine.Doubt], now)] : [],
        });
        return new NodePast(node, line, exact, entries.Any(e => e.At < from) || oldest > from);
    }

    /// <summary>From this day on all transitions are kept.</summary>
    private DateTimeOffset ExactFrom(DateTimeOffset now) => RollupSpan.Day.StartOf(now - monitor.Policy.HistoryKept) + RollupSpan.Day.Length();

    private async Task<(NodeRecord? Node, ImmutableArray<HistoryEntry> Entries, DateTimeOffset Oldest)> NodeAsync(
        NodeId id, NodeRecord? known, DateTimeOffset from, CancellationToken cancellation)
    {
        var before = known ?? await FindAsync(id, cancellation);
        for (var tries = 1; ; tries++)
        {
            var (entries, oldest) = await EntriesAsync(id.ToString(), from, cancellation);
            var after = await FindAsync(id, cancellation);
            if (tries == Tries || (before?.Health.State, before?.Health.Since, before?.Available) == (after?.Health.State, after?.Health.Since, after?.Available))
            {
                return (after, entries, oldest);
            }

            before = after;
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
        var marks = MarksAsync(name.ToString(), [StateLine.Silence], cancellation);
        var agent = (await monitor.Table.FindAsync(Keys.Agent(name), CoreJson.Default.AgentRecord, cancellation))?.Value;
        var since = agent is null ? null : NodeViews.SilentSince(agent, monitor.Policy, now);

        // One that was removed while it was silent and enrolled again is another one.
        var open = agent is null || since is not null ? now : agent.EnrolledAt;
        var spells = Spell.Pairs((await marks)[StateLine.Silence], open);
        return since is { } from ? [.. spells, new Spell(from, now)] : [.. spells];
    }

    /// <summary>Those of each kind, oldest first.</summary>
    private async Task<Dictionary<string, List<Transition>>> MarksAsync(string subject, ImmutableArray<string> kinds, CancellationToken cancellation)
    {
        var marks = kinds.ToDictionary(k => k, _ => new List<(Transition Mark, string Place)>(), StringComparer.Ordinal);
        await foreach (var row in monitor.Table.RangeAsync(Shard.Of(subject), KeyRange.Prefix(Keys.HistoryOf(subject)), Most, cancellation))
        {
            if (kinds.FirstOrDefault(k => row.Key.Key.Contains($"|{k}", StringComparison.Ordinal)) is { } kind
                && Documents.TryRead(row, CoreJson.Default.HistoryEntry, _skipped)?.Value is { Transition: { } mark } entry)
            {
                marks[kind].Add((mark, entry.Place));
            }
        }

        return marks.ToDictionary(
            m => m.Key, m => m.Value.OrderBy(x => x.Mark.At).ThenBy(x => x.Place, StringComparer.Ordinal).Select(x => x.Mark).ToList(), StringComparer.Ordinal);
    }
}
