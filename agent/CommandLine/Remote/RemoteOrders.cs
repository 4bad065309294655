using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Orders given through a monitor, each followed until its end.</summary>
internal sealed class RemoteOrders(RemoteMonitor monitor)
{
    private readonly CommandShell shell = monitor.Shell;

    /// <param name="node">Null is all of them, side by side.</param>
    public async Task<int> RunAsync(NodeCommand command, string? node, CancellationToken cancellation)
    {
        if (node is not null)
        {
            var reply = await monitor.Client.CommandAsync(node, command, TimeSpan.Zero, cancellation);
            return reply is MonitorReply<OrderView>.Got got ? await FollowAsync(got.Value, cancellation) : await monitor.FailAsync(reply, node, cancellation);
        }

        var (nodes, exit) = await monitor.NodesAsync(cancellation);
        if (nodes is null)
        {
            return exit;
        }

        var following = new List<Task<int>>();
        foreach (var one in nodes.Where(n => n.Agent != NodeId.Remote))
        {
            var reply = await monitor.Client.CommandAsync(one.Id, command, TimeSpan.Zero, cancellation);
            following.Add(reply is MonitorReply<OrderView>.Got got ? FollowAsync(got.Value, cancellation) : Task.FromResult(Refused(one.Id, reply)));
        }

        return (await Task.WhenAll(following)).DefaultIfEmpty(ExitCode.Working).Max();
    }

    public async Task<int> ReloadAsync(string agent, CancellationToken cancellation)
    {
        var reply = await monitor.Client.ReloadAsync(agent, TimeSpan.Zero, cancellation);
        return reply is MonitorReply<OrderView>.Got got ? await FollowAsync(got.Value, cancellation) : monitor.Fail(reply);
    }

    private async Task<int> FollowAsync(OrderView given, CancellationToken cancellation)
    {
        var subject = OrderText.Subject(given);
        shell.Output.WriteLine($"{subject}: {OrderText.Verb(given)}, order {given.Id}");
        var follower = new OrderFollower(monitor, order =>
        {
            if (order.State != OrderState.Stored)
            {
                shell.Output.WriteLine($"{subject}: {OrderText.State(order)}");
            }
        });
        var end = await follower.FollowAsync(given, cancellation);
        if (!end.IsGood)
        {
            return shell.Fail(ExitCode.Failed, $"{subject}: {end.Text()}");
        }

        shell.Output.WriteLine($"{subject}: {end.Text()}");
        return ExitCode.Working;
    }

    private int Refused(string id, MonitorReply<OrderView> reply)
    {
        shell.Error.WriteLine($"monerocloud: {id}: no order was given");
        monitor.Fail(reply);
        return ExitCode.Failed;
    }
}
