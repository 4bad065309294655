using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A node or an agent that is being worked on.</summary>
internal sealed class RemoteMaintenance(RemoteMonitor monitor)
{
    public async Task<int> BeginAsync(string text, MaintenanceRequest request, CancellationToken cancellation)
    {
        var (agent, node, exit) = await WhomAsync(text, cancellation);
        return agent is null && node is null
            ? exit
            : new RemoteSilences(monitor).Said(await monitor.Client.Operators.MaintainAsync(request with { Agent = agent, Node = node }, cancellation));
    }

    /// <summary>Every one that is for just this node or agent.</summary>
    public async Task<int> EndAsync(string text, string? by, CancellationToken cancellation)
    {
        var (agent, node, exit) = await WhomAsync(text, cancellation);
        if (agent is null && node is null)
        {
            return exit;
        }

        var reply = await monitor.Client.Operators.SilencesAsync(cancellation);
        if (reply is not MonitorReply<SilenceList>.Got { Value.Silences: var all })
        {
            return monitor.Fail(reply);
        }

        var its = all.Where(s => s is { Kind: SilenceKind.Maintenance, State: not SilenceState.Ended } && IsFor(s.Match, agent, node)).ToList();
        if (its.Count == 0)
        {
            return monitor.Shell.Fail(ExitCode.Failed, $"{agent ?? node} is not in maintenance; 'monerocloud silences' lists what is silenced");
        }

        foreach (var silence in its)
        {
            exit = Math.Max(exit, new RemoteSilences(monitor).Said(await monitor.Client.Operators.EndSilenceAsync(silence.Id, by, cancellation)));
        }

        return exit;
    }

    private static bool IsFor(AlertMatch match, string? agent, string? node) => agent is not null ? match.Agents is [var one] && one == agent : match.Subjects is [var other] && other == node;

    /// <summary>A name without a dot is an agent's, or that of the only node that has it.</summary>
    /// <returns>One of both; none when the exit code says why not.</returns>
    private async Task<(string? Agent, string? Node, int Exit)> WhomAsync(string text, CancellationToken cancellation)
    {
        if (NodeId.TryParse(text, out _))
        {
            return (null, text, ExitCode.Working);
        }

        var reply = await monitor.Client.AgentsAsync(cancellation);
        if (reply is not MonitorReply<AgentList>.Got { Value.Agents: var agents })
        {
            return (null, null, monitor.Fail(reply));
        }

        var isAgent = agents.Any(a => a.Name == text);
        var found = await monitor.Client.NodeAsync(text, cancellation);
        return (isAgent, found) switch
        {
            (true, MonitorReply<NodeView>.Got { Value.Id: var id }) => (null, null, monitor.Shell.Fail(
                ExitCode.Usage, ShownText.Printable($"'{text}' is an agent and a node: {id} means the node, 'silences add --agent {text}' the agent"))),
            (true, MonitorReply<NodeView>.Refused { Status: 409 }) => (null, null, monitor.Shell.Fail(
                ExitCode.Usage, ShownText.Printable($"'{text}' is an agent and the name of several nodes: give a node's id, or 'silences add --agent {text}' for the agent"))),
            (true, _) => (text, null, ExitCode.Working),
            (false, MonitorReply<NodeView>.Got { Value.Id: var id }) => (null, id, ExitCode.Working),
            _ => (null, null, await monitor.FailAsync(found, text, cancellation)),
        };
    }
}
