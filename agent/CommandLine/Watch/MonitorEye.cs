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

        var nodes = new List<NodeView>();
        string? after = null;
        do
        {
            var reply = await monitor.Client.NodesAsync(after, cancellation);
            if (reply is not MonitorReply<NodeList>.Got { Value: var page })
            {
                return Failed(reply);
            }

            nodes.AddRange(page.Nodes);
            after = page.Nodes.IsEmpty ? null : page.Next;
        }
        while (after is not null);

        return Seen(nodes);
    }

    private FleetLook Seen(IEnumerable<NodeView> nodes) => new() { At = monitor.Shell.Time.GetUtcNow(), Nodes = [.. nodes.Select(RemoteStatusOf.View)] };

    private FleetLook Failed<T>(MonitorReply<T> reply)
        where T : class
    {
        var (text, exit) = reply switch
        {
            MonitorReply<T>.Refused { Status: 401 } refused => ($"{monitor.Client.Address} does not take the key: {refused.Text}", ExitCode.Failed),
            MonitorReply<T>.Refused { Status: 400 or 404 or 409 } refused => (refused.Text, ExitCode.Usage),
            MonitorReply<T>.Refused refused => (refused.Text, ExitCode.Failed),
            MonitorReply<T>.NoAnswer none => ($"the monitor at {monitor.Client.Address} {none.Reason}", ExitCode.Failed),
            _ => throw new InvalidOperationException(reply.GetType().Name),
        };
        return new FleetLook { At = monitor.Shell.Time.GetUtcNow(), Trouble = ShownText.Printable(text), Exit = exit };
    }
}
