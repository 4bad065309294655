using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Reads what says in which state a node was: its own history, its agent's, and the monitor's.</summary>
internal sealed class PastReader(Monitor monitor, IMarks marks)
{
    /// <summary>Of a node's newest rows that are handed on.</summary>
    public const int MostNewest = 200;

    /// <summary>Of the last orders that are handed on.</summary>
    public const int MostOrders = 8;

    /// <summary>Rows of one subject that are read; what is older is unknown then.</summary>
    private const int Most = 200_000;

    /// <summary>A node's state may change while its history is read.</summary>
    private const int Tries = 3;

    /// <summary>Changes may stand out of their order by as much.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(3);

    private readonly Action<UnreadableRowException> _skipped = UnreadableRows.To(monitor.Logs.CreateLogger<PastReader>());

    /// <summary>Null where nothing is known of such a node.</summary>
    /// <param name="known">Null where nobody has read it.</param>
    /// <param name="from">Nothing older is asked for.</param>
    public async Task<NodePast?> ReadAsync(NodeId id, KnownNode? known, DateTimeOffset from, CancellationToken cancellation)
    {
        var (now, isRemote) = (monitor.Now, NodeViews.IsRemote(id));
        var exact = ExactFrom(now);
        var reading = NodeAsync(id, known?.Node, from > exact ? from : exact, cancellation);
        var silences = isRemote ? Task.FromResult(ImmutableArray<Spell>.Empty) : SilencesAsync(id.Agent, known?.Agent ?? AgentAsync(id.Agent, cancellation), now, cancellation);
        var own = marks.ReadAsync(NodeId.Monitor, null, cancellation);
        await Task.WhenAll(reading, silences, own);
        var ((node, read), monitors) = (await reading, await own);
        if (node is null && read.Entries.IsEmpty)
        {
            return null;
        }

        var line = StateLine.Of(new StateSource
        {
            Now = now,
            Oldest = read.Oldest > exact ? read.Oldest : exact,
            Entries = read.Entries,
            Present = node,
            IsRemote = isRemote,
            Silences = await silences,
            Gaps = [.. Spell.Pairs(monitors.Gaps, now)],
            Doubts = isRemote ? [.. Spell.Pairs(monitors.Doubts, now)] : [],
        });
        return new NodePast(node, line, exact, read.Entries.Any(e => e.At < from) || read.Oldest > from, read.Newest, read.Orders);
    }

    /// <summary>From this day on all transitions are kept.</summary>
    private DateTimeOffset ExactFrom(DateTimeOffset now) => RollupSpan.Day.StartOf(now - monitor.Policy.HistoryKept);

    private async Task<(NodeRecord? Node, EntriesRead Read)> NodeAsync(NodeId id, NodeRecord? known, DateTimeOffset from, CancellationToken cancellation)
    {
        var before = known ?? await FindAsync(id, cancellation);
        for (var tries = 1; ; tries++)
        {
            var read = await EntriesAsync(id.ToString(), from, cancellation);
            if (before is not null && IsOfOneMoment(before, read.Entries))
            {
                return (before, read);
            }

            var after = await FindAsync(id, cancellation);
            if (tries == Tries || (before?.Health.State, before?.Health.Since, before?.Available) == (after?.Health.State, after?.Health.Since, after?.Available))
            {
                return (after, read);
            }

            before = after;
        }
    }

    /// <summary>
    /// A node's state and the change that led to it are written as one: where the last change is the one that led to this state, nothing came between. The last by its time
    /// and the last in the order in which they were made must be it, as clocks may differ.
    /// </summary>
    /// <param name="entries">Newest first.</param>
    private static bool IsOfOneMoment(NodeRecord node, ImmutableArray<HistoryEntry> entries)
    {
        var newest = entries.FirstOrDefault(StateLine.IsOfHealth)?.Transition;
        var mark = entries.Select(StateLine.MarkOf).FirstOrDefault(m => m is not null);
        return newest?.To == node.Health.State && newest?.At == node.Health.Since && (mark ?? node.Available) == node.Available
            && HealthSteps.Last(entries.TakeWhile(e => e.At >= newest.At - Margin))?.To == node.Health.State;
    }

    /// <summary>One that cannot be read is as one that is gone: its history is there.</summary>
    private async Task<NodeRecord?> FindAsync(NodeId id, CancellationToken cancellation) =>
        await monitor.Table.ReadAsync(Keys.Node(id), cancellation) is { } row ? Documents.TryRead(row, CoreJson.Default.NodeRecord, _skipped)?.Value : null;

    private async Task<AgentRecord?> AgentAsync(NodeName name, CancellationToken cancellation) =>
        (await monitor.Table.FindAsync(Keys.Agent(name), CoreJson.Default.AgentRecord, cancellation))?.Value;

    /// <summary>What says something of the state, back to the last change of it before that moment.</summary>
    private async Task<EntriesRead> EntriesAsync(string subject, DateTimeOffset from, CancellationToken cancellation)
    {
        var (found, newest) = (ImmutableArray.CreateBuilder<HistoryEntry>(), new HistoryViewBuilder(subject, MostNewest));
        var orders = ImmutableArray.CreateBuilder<string>(MostOrders);
        var read = 0;
        await foreach (var row in monitor.Table.RangeAsync(Shard.Of(subject), KeyRange.Prefix(Keys.HistoryOf(subject)), Most, cancellation))
        {
            var entry = Documents.TryRead(row, CoreJson.Default.HistoryEntry, _skipped)?.Value;
            newest.Add(row.Key.Key, entry);
            if (entry is null)
            {
                continue;
            }

            orders.AddRange(OrderMark.Placed([entry]).Take(MostOrders - orders.Count));
            if (entry.Transition is not null || entry.Fact is NodeFact.Ordered)
            {
                found.Add(entry);
            }

            if (++read == Most)
            {
                return new EntriesRead(found.ToImmutable(), entry.At, newest.Build(whole: false), orders.ToImmutable());
            }

            if (entry.At < from - Margin && StateLine.IsOfHealth(entry))
            {
                return new EntriesRead(found.ToImmutable(), DateTimeOffset.MinValue, newest.Build(whole: false), orders.ToImmutable());
            }
        }

        return new EntriesRead(found.ToImmutable(), DateTimeOffset.MinValue, newest.Build(whole: true), orders.ToImmutable());
    }

    private async Task<ImmutableArray<Spell>> SilencesAsync(NodeName name, Task<AgentRecord?> reading, DateTimeOffset now, CancellationToken cancellation)
    {
        var agent = await reading;
        var told = await marks.ReadAsync(name.ToString(), agent, cancellation);
        var since = agent is null ? null : NodeViews.SilentSince(agent, monitor.Policy, now);

        // One that was removed while it was silent and enrolled again is another one.
        var open = agent is null || since is not null ? now : agent.EnrolledAt;
        var spells = Spell.Pairs(told.Silences, open);
        return since is { } from ? [.. spells, new Spell(from, now)] : [.. spells];
    }

    /// <param name="Entries">Newest first.</param>
    /// <param name="Oldest">What is older than this was not read.</param>
    /// <param name="Newest">Of all kinds.</param>
    /// <param name="Orders">The ids of the last ones.</param>
    private sealed record EntriesRead(ImmutableArray<HistoryEntry> Entries, DateTimeOffset Oldest, HistoryView Newest, ImmutableArray<string> Orders);
}
