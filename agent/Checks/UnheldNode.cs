using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// A watched node no process of which is held: gone, or hidden from this user, or in a container. What cannot be told apart is not called
/// absent; the port and the API speak for it.
/// </summary>
internal static class UnheldNode
{
    /// <param name="evidence">As for a node of the agent's own that has no process.</param>
    /// <param name="port">The node's port.</param>
    /// <param name="queue">Connections that wait there.</param>
    public static NodeEvidence Fit(NodeEvidence evidence, int port, int queue)
    {
        var hidden = evidence.Port switch
        {
            PortSighting.Taken { Pid: null } => $"the process that holds port {port}",
            PortSighting.Taken { Pid: { } pid, Name: var name } when PortForwarders.Is(name) => $"the process behind {name} (pid {pid}), which forwards port {port}",
            PortSighting.NotLooked => $"whoever listens on port {port}, which the kernel did not tell",
            _ => null,
        };
        return evidence with
        {
            Process = hidden is null ? evidence.Process : new ProcessSighting.NotPermitted(hidden),
            Port = hidden is null || evidence.Port is PortSighting.NotLooked ? evidence.Port : new PortSighting.NotPermitted(queue),

            // Who holds the lock may be the node itself.
            Lock = evidence.Lock is LockSighting.Orphan ? new LockSighting.NotLooked() : evidence.Lock,
        };
    }

    /// <summary>Something answers, so something is there, whatever could be seen of it.</summary>
    public static NodeEvidence Answered(NodeEvidence evidence, int port) => evidence.Process is ProcessSighting.Gone
        ? evidence with { Process = new ProcessSighting.NotPermitted($"the process that answers on port {port}") }
        : evidence;

    /// <summary>To connect costs nothing and signals nobody; only a node that shall not run is left in peace.</summary>
    public static bool IsWorthAsking(LookRequest request, NodeEvidence host) =>
        request is { AskApi: true, Blank.Desired: DesiredState.Running } && host.Port is not PortSighting.Taken;
}
