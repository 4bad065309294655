using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>How the monitor takes a node that its agent only watches.</summary>
public sealed class WatchedNodeFoldTests
{
    private static readonly NodeName Name = NodeName.Parse("main");

    private static readonly NodeInventory Inventory =
        new() { Name = Name, Kind = NodeKind.WalletRpc, Port = 18210, Available = true, Manage = NodeManage.Watch, Restartable = false };

    private static readonly FoldContext Context = new() { Now = Given.Now };

    private NodeChange _change = NodeChange.None(NodeFold.New(new NodeId(NodeName.Parse("host"), Name), Inventory, Given.Now));
    private long _n;

    [Fact]
    public void It_knows_who_runs_it_and_that_no_order_can_restart_it() =>
        Assert.Equal((NodeManage.Watch, false), (_change.Next.Manage, _change.Next.Restartable));

    [Fact]
    public void An_exit_whose_return_is_found_within_the_grace_is_one_alert_that_does_not_name_the_agent()
    {
        Healthy(3);
        Tell(new NodeFact.Exited(7, null, 9, ExitCause.Unknown, Expected: false));
        Assert.Equal((HealthState.Down, Remedy.Alert), (_change.Next.Health.State, _change.Next.Health.Last!.Remedy));
        var down = Assert.Single(_change.Alerts);
        Tell(new NodeFact.Found(8));
        Assert.Equal(Condition.Starting, _change.Next.Health.Condition);
        Healthy(3);

        var told = Assert.Single(_change.Alerts);
        Assert.NotEqual(down.Id, told.Id);
        Assert.Equal((AlertKind.Restarted, AlertSeverity.Low, "host.main was restarted by its supervisor"), (told.Kind, told.Severity, told.Title));
    }

    private void Tell(NodeFact fact) => _change = NodeFold.Event(_change, new NodeEvent(1, ++_n, Name, Given.Now, fact), Context);

    private void Healthy(int times)
    {
        var row = VerdictRow.Begin(Condition.Healthy, Given.Now);
        for (var i = 0; i < times; i++, row = row.Next(Given.Now))
        {
            Tell(new NodeFact.Observed(new ObservedEvidence(_n + 1, Given.Now, _n, row, HostEvidence.Of(Given.Wallet))));
        }
    }
}
