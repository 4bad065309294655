using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Orders given through a monitor, each followed until its end.</summary>
/// <param name="monitor">The monitor.</param>
/// <param name="json">Only how it went, one JSON object an order.</param>
internal sealed class RemoteOrders(RemoteMonitor monitor, bool json = false)
{
    private readonly CommandShell shell = monitor.Shell;

    /// <param name="node">Null is all of them, side by side.</param>
    /// <param name="killAfter">Of a restart or a stop: SIGKILL after this; null is the node's stop budget.</param>
    public async Task<int> RunAsync(NodeCommand command, string? node, TimeSpan? killAfter, CancellationToken cancellation)
    {
        if (killAfter is { } after && !json)
        {
            shell.Output.WriteLine($"SIGKILL follows after {DurationText.Format(after)}; if a wallet has not saved by then: {ProofText.Of(new Losses.MayBeRescanned())}");
        }

        if (node is not null)
        {
            var reply = await monitor.Client.CommandAsync(node, command, TimeSpan.Zero, killAfter, cancellation);
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
            var reply = await monitor.Client.CommandAsync(one.Id, command, TimeSpan.Zero, killAfter, cancellation);
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
        var told = new OrderProgressText();
        Say($"{subject}: {OrderText.Verb(given)}, order {given.Id}");
        var end = await new OrderFollower(monitor, order => SayAll(subject, told.New(order))).FollowAsync(given, cancellation);
        if (end is FollowedOrder.Over over)
        {
            SayAll(subject, told.NewSteps(over.Order));
            if (json)
            {
                shell.Output.WriteLine(JsonSerializer.Serialize(over.Order, ApiJson.Default.OrderView));
                return end.IsGood ? ExitCode.Working : ExitCode.Failed;
            }
        }

        if (end.IsGood)
        {
            Say($"{subject}: {end.Text()}");
        }
        else
        {
            shell.Fail(ExitCode.Failed, $"{subject}: {end.Text()}");
        }

        SayAll(subject, end is FollowedOrder.Over { Order: var order } ? OrderText.Proof(order) : []);
        return end.IsGood ? ExitCode.Working : ExitCode.Failed;
    }

    private void SayAll(string subject, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Say($"{subject}: {line}");
        }
    }

    private void Say(string line)
    {
        if (!json)
        {
            shell.Output.WriteLine(ShownText.Printable(line));
        }
    }

    private int Refused(string id, MonitorReply<OrderView> reply)
    {
        shell.Error.WriteLine($"monerocloud: {id}: no order was given");
        monitor.Fail(reply);
        return ExitCode.Failed;
    }
}
