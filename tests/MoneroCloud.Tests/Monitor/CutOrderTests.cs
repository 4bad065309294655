using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class CutOrderTests
{
    private static readonly ProcessIdentity Old = new("boot", 42, 1, "m1");

    [Theory]
    [InlineData(OrderVerb.Restart)]
    [InlineData(OrderVerb.Start)]
    [InlineData(OrderVerb.Stop)]
    [InlineData(OrderVerb.Enable)]
    [InlineData(OrderVerb.Disable)]
    [InlineData(OrderVerb.Check)]
    public void Where_the_end_cannot_be_seen_it_was_interrupted(OrderVerb verb)
    {
        var outcome = CutOrder.Judge(new JournalRecord.OrderTaken("id", 1, verb, NodeName.Parse("main"), Old), view: null);
        Assert.Equal((OutcomeResult.Interrupted, Old, null), (outcome.Result, outcome.Before, outcome.After));
    }

    [Fact]
    public void The_agents_own_start_is_a_reload() =>
        Assert.Equal(OutcomeResult.DoneAlready, CutOrder.Judge(new JournalRecord.OrderTaken("id", 1, OrderVerb.Reload, null, null), view: null).Result);

    public static TheoryData<OrderVerb, string, bool, bool, OutcomeResult> Rows() => new()
    {
        { OrderVerb.Restart, "old", true, true, OutcomeResult.Interrupted },
        { OrderVerb.Restart, "new", true, true, OutcomeResult.DoneAlready },
        { OrderVerb.Restart, "none", true, true, OutcomeResult.Interrupted },
        { OrderVerb.Start, "new", true, true, OutcomeResult.DoneAlready },
        { OrderVerb.Start, "none", true, true, OutcomeResult.Interrupted },
        { OrderVerb.Stop, "none", false, true, OutcomeResult.DoneAlready },
        { OrderVerb.Stop, "none", true, true, OutcomeResult.Interrupted },
        { OrderVerb.Stop, "old", false, true, OutcomeResult.Interrupted },
        { OrderVerb.Enable, "none", true, true, OutcomeResult.DoneAlready },
        { OrderVerb.Enable, "none", true, false, OutcomeResult.Interrupted },
        { OrderVerb.Disable, "none", true, false, OutcomeResult.DoneAlready },
        { OrderVerb.Disable, "old", true, false, OutcomeResult.Interrupted },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Where_the_end_can_be_seen_it_is_told(OrderVerb verb, string living, bool wanted, bool available, OutcomeResult result)
    {
        var alive = living switch { "none" => null, "old" => Old with { }, _ => Old with { Pid = 43, Marker = "m2" } };
        DesiredState desired = wanted ? new DesiredState.Running() : new DesiredState.Stopped("alice", default);

        var outcome = CutOrder.Judge(new JournalRecord.OrderTaken("id", 1, verb, NodeName.Parse("main"), Old), alive, desired, available);

        Assert.Equal((result, alive), (outcome.Result, outcome.After));
    }

    [Fact]
    public void What_was_written_down_of_it_is_told_as_interrupted_and_nothing_of_another_order()
    {
        var proof = new RestartProof { State = ProofState.Underway, Reason = new RestartReason.ByOrder("restart", "alice"), Began = default, TookMs = 5, Steps = [] };
        var ladder = new LadderView(1, "id", proof);

        Assert.Equal(proof with { State = ProofState.Interrupted, TookMs = null }, CutOrder.ProofOf("id", ladder));
        Assert.Null(CutOrder.ProofOf("other", ladder));
        Assert.Null(CutOrder.ProofOf("id", null));
    }
}
