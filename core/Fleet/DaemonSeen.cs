namespace MoneroCloud.Core;

/// <summary>A daemon's position as the monitor knows it: what the daemons of a fleet are compared by.</summary>
/// <param name="At">
/// When it was probed; of a host's evidence when that arrived, or was made if that says earlier: a report may have waited, and a witness whose
/// clock is behind by minutes does not count.
/// </param>
public sealed record DaemonSeen(NodeId Id, ChainPosition Position, DateTimeOffset At)
{
    /// <summary>The younger of what its host and the monitor's own probe got; null where neither got anything to compare.</summary>
    public static DaemonSeen? Of(NodeRecord node)
    {
        if (node.Kind != NodeKind.Daemon || node.CountedState() == HealthState.Disabled)
        {
            return null;
        }

        var host = node.Host is { } h ? Of(node.Id, h.Seen.Evidence.Api, h.Seen.At < h.ReceivedAt ? h.Seen.At : h.ReceivedAt) : null;
        var probe = node.Probe is { } p ? Of(node.Id, p.Answer, p.At) : null;
        return probe is null || probe.At < host?.At ? host : probe;
    }

    private static DaemonSeen? Of(NodeId id, ApiAnswer answer, DateTimeOffset at) =>
        answer is ApiAnswer.Answered { Chain: ChainAnswer.Told told } && ChainPosition.Of(told, id.Agent) is { } position ? new DaemonSeen(id, position, at) : null;
}
