using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Agents that report no more. That is ONE transition of the agent: its nodes are Unknown when they are read, and their column
/// <c>worked</c> is set to false beside it.
/// </summary>
internal sealed class SilentAgents(Monitor monitor, Dispatcher dispatcher)
{
    public async Task SweepAsync(Shard shard, CancellationToken cancellation)
    {
        var agents = new List<Stored<AgentRecord>>();
        await foreach (var agent in monitor.Table.ListAsync(shard, KeyRange.Prefix(Keys.Agents), int.MaxValue, CoreJson.Default.AgentRecord, cancellation))
        {
            agents.Add(agent);
        }

        foreach (var agent in agents.Where(a => a.Value.SilentSince is null && a.Value.IsSilent(monitor.Now, monitor.Policy.SilentPeriods)))
        {
            await TurnAsync(agent, cancellation);
        }
    }

    private async Task TurnAsync(Stored<AgentRecord> agent, CancellationToken cancellation)
    {
        var now = monitor.Now;
        var nodes = await NodesAsync(agent.Value, cancellation);
        var flag = new NotUp { State = HealthState.Unknown, Since = now, Agent = true, Nodes = nodes.Count(n => n.Value.CountedState() != HealthState.Disabled) };
        List<RowChange> rows =
        [
            Documents.Write(Keys.Agent(agent.Value.Name), agent with { Value = agent.Value with { SilentSince = now } }, CoreJson.Default.AgentRecord),
            new RowChange.Put(new Row { Key = Keys.NotUpOf(agent.Value.Name.ToString()), Doc = JsonSerializer.Serialize(flag, MonitorJson.Default.NotUp) }),
            .. monitor.Rows.Alert(AgentAlerts.Silent(agent.Value, now)),
        ];
        if (await monitor.Table.CommitAsync(rows, cancellation) is not CommitResult.Committed)
        {
            return; // It has just reported.
        }

        await dispatcher.DispatchAsync(rows, cancellation);
        foreach (var part in nodes.Where(n => n.Value.Worked()).GroupBy(n => Keys.Node(n.Value.Id).Shard))
        {
            // A node that lost its race has just been written by a report: what that says is newer.
            await new BatchWriter(monitor.Table).WriteAsync([.. part.Select(NotWorked)], (_, _) => Task.FromResult<RowChange?>(null), cancellation);
        }
    }

    private static RowChange.Replace NotWorked(Stored<NodeRecord> node) => new(new Row
    {
        Key = Keys.Node(node.Value.Id),
        Doc = JsonSerializer.Serialize(node.Value, CoreJson.Default.NodeRecord),
        Pid = node.Value.Identity?.Pid,
        Worked = false,
        WorkedData = node.Value.WorkedData is { } data ? JsonSerializer.Serialize(data, CoreJson.Default.WorkedData) : null,
        Version = node.Version,
    });

    private async Task<List<Stored<NodeRecord>>> NodesAsync(AgentRecord agent, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(agent.Names.Select(n => monitor.Table.FindAsync(Keys.Node(new NodeId(agent.Name, n)), CoreJson.Default.NodeRecord, cancellation)));
        return [.. found.OfType<Stored<NodeRecord>>()];
    }
}
