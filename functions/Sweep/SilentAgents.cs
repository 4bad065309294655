using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Agents that report no more. That is ONE transition of the agent: its nodes are Unknown when they are read, and their column
/// <c>worked</c> is set to false beside it. It is ONE alert as well: that a node does not answer the monitor's own probe any more since the agent's
/// last word is taken back where it was still to be told.
/// </summary>
internal sealed partial class SilentAgents(Monitor monitor, Dispatcher dispatcher)
{
    /// <summary>So long after an agent turned silent its nodes are looked at again: the process that noticed may have ended in the middle.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(5);

    private readonly ILogger _log = monitor.Logs.CreateLogger<SilentAgents>();

    /// <param name="listening">Since when the monitor has been listening without a gap.</param>
    /// <returns>How many agents of the shard have newly turned silent.</returns>
    public async Task<int> SweepAsync(Shard shard, DateTimeOffset listening, CancellationToken cancellation)
    {
        var turned = 0;
        var agents = monitor.Table.ListReadableAsync(shard, KeyRange.Prefix(Keys.Agents), CoreJson.Default.AgentRecord, e => Log.Unreadable(_log, e.Message), cancellation);
        await foreach (var agent in agents)
        {
            var now = monitor.Now;
            if (agent.Value.SilentSince is { } since)
            {
                await (now - since < Again ? MarkAsync(await NodesAsync(agent.Value, cancellation), cancellation) : Task.CompletedTask);
            }
            else if (agent.Value.IsSilent(now, monitor.Policy.SilentPeriods) && now - listening > TimeSpan.FromSeconds((double)agent.Value.PeriodSeconds * monitor.Policy.SilentPeriods))
            {
                turned += await TurnAsync(agent, cancellation) ? 1 : 0;
            }
        }

        return turned;
    }

    private async Task<bool> TurnAsync(Stored<AgentRecord> agent, CancellationToken cancellation)
    {
        var now = monitor.Now;
        var nodes = await NodesAsync(agent.Value, cancellation);
        var flag = new NotUp { State = HealthState.Unknown, Since = now, Agent = true, Nodes = nodes.Count(n => n.Node.Value.CountedState() != HealthState.Disabled) };
        List<RowChange> rows =
        [
            Documents.Write(Keys.Agent(agent.Value.Name), agent with { Value = agent.Value with { SilentSince = now } }, CoreJson.Default.AgentRecord),
            new RowChange.Put(new Row { Key = Keys.NotUpOf(agent.Value.Name.ToString()), Doc = JsonSerializer.Serialize(flag, MonitorJson.Default.NotUp) }),
            StateMarks.Silent(agent.Value.Name, now),
            .. await monitor.Incidents.FailsAsync(AgentAlerts.Silent(agent.Value, nodes.Count(n => IsUnanswered(n.Node.Value, agent.Value)), now), Trouble.Silent, cancellation),
        ];
        if (await monitor.Table.CommitAsync(rows, cancellation) is not CommitResult.Committed)
        {
            return false; // It has just reported.
        }

        await dispatcher.DispatchAsync(rows, cancellation);
        await MarkAsync(nodes, cancellation);
        return true;
    }

    private static bool IsUnanswered(NodeRecord node, AgentRecord agent) => node.Probe is { } probe && probe.At > agent.ReceivedAt && probe.IsUnanswered();

    private static bool IsAwaited(NodeRecord node, DateTimeOffset now) => node.Outage is { Agent: AgentWord.Awaited } outage && outage.IsPending(now);

    private async Task MarkAsync(List<(Row Row, Stored<NodeRecord> Node)> nodes, CancellationToken cancellation)
    {
        foreach (var node in nodes.Select(n => n.Node).Where(n => IsAwaited(n.Value, monitor.Now)))
        {
            var told = NodeChange.ToldBySilence(node.Value, node.Value.Outage!, monitor.Now);
            var open = await monitor.Incidents.OpenAsync(told, cancellation);
            await monitor.Table.CommitAsync(monitor.Rows.Of(node, told, open, [], monitor.Now), cancellation); // Lost: with the next sweep.
        }

        foreach (var part in nodes.Where(n => n.Row.Worked == true).GroupBy(n => n.Row.Key.Shard))
        {
            // A node that lost its race has just been written by a report: what that says is newer.
            await new BatchWriter(monitor.Table).WriteAsync([.. part.Select(n => new RowChange.Replace(n.Row with { Worked = false }))], (_, _) => Task.FromResult<RowChange?>(null), cancellation);
        }
    }

    private async Task<List<(Row Row, Stored<NodeRecord> Node)>> NodesAsync(AgentRecord agent, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(agent.Names.Select(n => monitor.Table.ReadAsync(Keys.Node(new NodeId(agent.Name, n)), cancellation)));
        return
        [
            .. found.OfType<Row>()
                .Select(row => (Row: row, Node: Documents.TryRead(row, CoreJson.Default.NodeRecord, e => Log.Unreadable(_log, e.Message))))
                .Where(n => n.Node is not null)
                .Select(n => (n.Row, n.Node!)),
        ];
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "an agent or a node of its is not looked after: {Reason}")]
        public static partial void Unreadable(ILogger log, string reason);
    }
}
