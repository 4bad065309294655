using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Real processes of an agent whose state folder is on a full disk: none is stranded, and no order hangs.</summary>
public sealed class FullStateDiskTests
{
    [Fact]
    public async Task What_exits_is_started_again_and_orders_that_must_be_kept_are_refused_until_there_is_room()
    {
        await using var node = new SupervisedNode();
        node.Supervisor.Begin(null);
        var first = node.Supervisor.Current.Process!;
        node.Disk.IsFull = true;
        Kill(first);

        var second = (await node.UntilAsync(v => v.Process is { } process && process != first)).Process!;
        Assert.Equal([second.Identity.Pid], node.Processes());

        var refused = Assert.IsType<OrderAnswer.Refused>(await node.OrderAsync(NodeOrder.Stop));
        Assert.Equal("main: it is not done, since the order cannot be kept: No space left on device", refused.Reason);
        Assert.IsType<OrderAnswer.Refused>(await node.OrderAsync(NodeOrder.Disable));
        Assert.Equal((second, true), (node.Supervisor.Current.Process, node.Supervisor.Current.Available));
        Assert.IsType<DesiredState.Running>(node.Supervisor.Current.Desired);

        // It shall run already: nothing has to be kept.
        Assert.IsType<OrderAnswer.Taken>(await node.OrderAsync(NodeOrder.Restart));
        var third = (await node.UntilAsync(v => v.Process is { } process && process != second)).Process!;
        Assert.Equal([third.Identity.Pid], node.Processes());

        node.Disk.IsFull = false;
        Assert.IsType<OrderAnswer.Taken>(await node.OrderAsync(NodeOrder.Stop));
        await node.UntilAsync(v => v is { Process: null, Phase: ProcessPhase.Stopped });
        Assert.Empty(node.Processes(0));
    }

    [Fact]
    public async Task A_process_that_no_record_could_be_written_of_is_adopted_by_the_next_agent()
    {
        await using var node = new SupervisedNode();
        node.Supervisor.Begin(null);
        var first = node.Supervisor.Current.Process!;
        node.Disk.IsFull = true;
        Kill(first);
        var second = (await node.UntilAsync(v => v.Process is { } process && process != first)).Process!;
        Assert.Equal([second.Identity.Pid], node.Processes());
        await node.LeaveAsync();

        await using var next = new SupervisedNode(node.Folder, node.Port);
        Assert.Equal(first.Identity, next.Journal.Of(SupervisedNode.Name).Identity);
        next.Supervisor.Begin(Adoption.Find(next.Context, SupervisedNode.Name));
        Assert.Equal((second.Identity, true), (next.Supervisor.Current.Process!.Identity, next.Supervisor.Current.Process!.Adopted));
        Assert.Equal([second.Identity.Pid], next.Processes());
        Assert.Equal(second.Identity, next.Journal.Of(SupervisedNode.Name).Identity);
    }

    [Fact]
    public async Task An_order_at_which_the_agent_itself_fails_is_answered()
    {
        await using var node = new SupervisedNode();
        node.Supervisor.Begin(null);
        node.Events.Written += _ => throw new InvalidOperationException("a bug");

        var failed = Assert.IsType<OrderAnswer.Failed>(await node.OrderAsync(NodeOrder.Stop));
        Assert.Equal("main: the agent failed at it; its log says how", failed.Reason);
    }

    private static void Kill(NodeLife life) => ((SupervisedProcess)life).Signal(Signals.Kill);
}
