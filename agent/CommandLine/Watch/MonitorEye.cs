using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Looks at what a monitor has stored, without a check.</summary>
internal sealed class MonitorEye(RemoteMonitor monitor, string? node) : IFleetEye
{
    public async Task<FleetLook> LookAsync(CancellationToken cancellation)
    {
        if (node is not null)
        {
            return await monitor.Client.NodeAsync(node, cancellation) switch
            {
                MonitorReply<NodeView>.Got { Value: var view } => Seen([view]),
                var reply => Failed(reply),
            };
        }

        var (nodes, failure) = await monitor.ReadNodesAsync(cancellation);
        return failure is null ? Seen(nodes) : Failed(failure);
    }

    private FleetLook Seen(IEnumerable<NodeView> nodes) => new() { At = monitor.Shell.Time.GetUtcNow(), Nodes = [.. nodes.Select(RemoteStatusOf.View)] };

    private FleetLook Failed<T>(MonitorReply<T> reply)
        where T : class
    {
        var (text, exit) = monitor.Explain(reply);
        return new FleetLook { At = monitor.Shell.Time.GetUtcNow(), Trouble = ShownText.Printable(text), Exit = exit };
    }
}
