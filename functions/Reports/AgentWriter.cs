using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What a report says of its agent as a whole: how far its events are stored, that it speaks again, which nodes are gone.</summary>
internal sealed class AgentWriter(Monitor monitor)
{
    /// <summary>After all nodes are stored. Null when too many races were lost.</summary>
    public async Task<AgentRecord?> WriteAsync(Report report, ReportArrival arrival, Action<IReadOnlyList<RowChange>> stored, CancellationToken cancellation)
    {
        for (var races = 0; races < NodeReportWriter.MaxRaces; races++)
        {
            var before = await monitor.Table.FindAsync(Keys.Agent(report.Agent), CoreJson.Default.AgentRecord, cancellation);
            if (before is null)
            {
                return null; // Removed in this very moment.
            }

            var events = report.Events.Where(e => e.Position > before.Value.Stored).ToArray();
            if (events.Length == 0 && !report.Place.IsAfter(before.Value.Place()))
            {
                return before.Value; // All of it is known.
            }

            // Before the agent's own row: whatever ends this here, the report comes again and finds it to do.
            var next = Next(before.Value, report, arrival, monitor.Policy.Alerts);
            await RemoveAsync(before.Value, next, cancellation);
            await WriteHistoryAsync(report.Agent, events, cancellation);
            if (await OrderProgress.WriteStrangersAsync(monitor.Table, report.Agent, Keys.Agent(report.Agent).Shard, OfTheAgent(events), cancellation)
                && await RowsAsync(before, next, report, arrival, cancellation) is var rows
                && await monitor.Table.CommitAsync(rows, cancellation) is CommitResult.Committed)
            {
                stored(rows);
                return next;
            }
        }

        return null;
    }

    /// <summary>Pure: a report that is not the newest moves only what it proves to be stored.</summary>
    internal static AgentRecord Next(AgentRecord before, Report report, ReportArrival arrival, AlertPolicy policy)
    {
        var events = report.Events.Where(e => e.Position > before.Stored).ToArray();
        var next = before with
        {
            Stored = events is [.., var last] ? last.Position : before.Stored,
            StoredEventAt = events is [.., { At: var at }] ? at : before.StoredEventAt,
            Late = report.More ? AgentAlerts.LateOf(before, report, arrival, policy) : null,
        };
        return !report.Place.IsAfter(before.Place()) ? next : next with
        {
            Epoch = report.Epoch,
            Report = report.Number,
            ReportedAt = report.At,
            ReceivedAt = arrival.ReceivedAt,
            PeriodSeconds = report.PeriodSeconds,
            Version = report.Version,
            Names = report.Names,
            Trusts = report.Trusts ?? [],
            SilentSince = null,
            SpokeAgainAt = before.SilentSince is null ? before.SpokeAgainAt : arrival.ReceivedAt,
        };
    }

    private static IEnumerable<NodeEvent> OfTheAgent(IEnumerable<NodeEvent> events) => events.Where(e => e.Node is null);

    private async Task<List<RowChange>> RowsAsync(Stored<AgentRecord> before, AgentRecord next, Report report, ReportArrival arrival, CancellationToken cancellation)
    {
        var rows = new List<RowChange> { Documents.Write(Keys.Agent(report.Agent), before with { Value = next }, CoreJson.Default.AgentRecord) };
        var orders = await OrderProgress.TakeAsync(monitor.Table, report.Agent, Keys.Agent(report.Agent).Shard, OfTheAgent(report.Events), cancellation);
        rows.AddRange(orders.SelectMany(OrderRows.Of));
        var alerts = AgentAlerts.Of(before.Value, next, report, arrival, monitor.Policy.Alerts).ToList();
        rows.AddRange(alerts.Where(a => a.Kind != AlertKind.AgentBack).Select(AlertRows.Stored));
        if (before.Value.SilentSince is { } since && next.SilentSince is null)
        {
            // Both: an older program did not write when it began.
            rows.AddRange([StateMarks.Silent(report.Agent, since), StateMarks.SpeaksAgain(report.Agent, since, arrival.ReceivedAt)]);
            rows.Add(new RowChange.Delete(Keys.NotUpOf(report.Agent.ToString())));
            rows.AddRange(await monitor.Incidents.EndsAsync(report.Agent.ToString(), Trouble.Silent, "it reports again", alerts.First(a => a.Kind == AlertKind.AgentBack), cancellation));
        }

        return rows;
    }

    /// <summary>As many as there are; written twice they are the same.</summary>
    private async Task WriteHistoryAsync(NodeName agent, NodeEvent[] events, CancellationToken cancellation)
    {
        foreach (var part in OfTheAgent(events).Chunk(CommitBounds.MaxRows))
        {
            var rows = part.Select(e => new HistoryEntry { At = e.At, Place = e.Position.ToString(), Fact = e.Fact })
                .Select(e => new RowChange.Put(new Row { Key = Keys.History(agent.ToString(), e), Doc = JsonSerializer.Serialize(e, CoreJson.Default.HistoryEntry) }));
            if (await monitor.Table.CommitAsync([.. rows], cancellation) is CommitResult.TooLarge)
            {
                await Refusals.CountAsync(monitor, Names.ReportsQueue, "event too large", cancellation);
            }
        }
    }

    /// <summary>
    /// Nodes that the newest inventory does not have any more. All of the agent's rows are looked at, so that one which an older report has
    /// just brought back does not stay for ever.
    /// </summary>
    private async Task RemoveAsync(AgentRecord before, AgentRecord next, CancellationToken cancellation)
    {
        if (before.Names.AsSpan().SequenceEqual(next.Names.AsSpan()))
        {
            return;
        }

        var place = next.Place();
        foreach (var shard in Shard.All)
        {
            await foreach (var node in monitor.Table.ListAsync(shard, KeyRange.Prefix(Keys.NodesOf(next.Name)), int.MaxValue, CoreJson.Default.NodeRecord, cancellation))
            {
                if (!next.Names.Contains(node.Value.Id.Name) && !node.Value.Reported.IsAfter(place))
                {
                    // A lost race is a node that came back: the next report says so.
                    await monitor.Table.CommitAsync(NodeRows.Removed(node, await monitor.Incidents.RemovedAsync(node.Value.Id.ToString(), cancellation), monitor.Now), cancellation);
                }
            }
        }
    }
}
