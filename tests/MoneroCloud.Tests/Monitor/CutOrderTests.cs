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
}
