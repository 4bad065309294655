using CsCheck;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>How much of the fleet is restarted by automatic order in any ten minutes.</summary>
public sealed class RestartBudgetTests
{
    private static readonly RestartPolicy Policy = RestartPolicy.Default;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(19, 1)]
    [InlineData(20, 2)]
    [InlineData(105, 10)]
    [InlineData(10_000, RestartBudget.MostSlots)]
    public void A_tenth_of_the_nodes_and_at_least_one(int nodes, int allowed) => Assert.Equal(allowed, Policy.Allowed(nodes));

    [Fact]
    public void The_window_slides_and_says_when_there_is_room_again()
    {
        var budget = Granted(new RestartBudget(), "one", 0, nodes: 20);
        budget = Granted(budget, "two", 200, nodes: 20);

        var refused = Assert.IsType<BudgetAnswer.Refused>(budget.Reserve(Slot("three", 599), 20, Policy));
        Assert.Equal("the fleet's budget of 2 in 10 min is used up; it has room again at 2025-01-15 10:40:45 UTC", refused.Reason);
        budget = Granted(budget, "three", 600, nodes: 20);
        Assert.IsType<BudgetAnswer.Refused>(budget.Reserve(Slot("four", 799), 20, Policy));
        Granted(budget, "four", 800, nodes: 20);
    }

    [Fact]
    public void Who_asks_for_the_same_again_gets_the_same_slot()
    {
        var budget = Granted(new RestartBudget(), "one", 0, nodes: 1);

        Assert.Same(budget, Granted(budget, "one", 599, nodes: 1));
        Assert.IsType<BudgetAnswer.Refused>(budget.Reserve(Slot("two", 599), 1, Policy));

        // After the window it is another restart.
        Assert.Equal(Slot("one", 600), Assert.Single(Granted(budget, "one", 600, nodes: 1).Slots));
    }

    [Fact]
    public void A_slot_is_of_one_try_of_one_life_of_one_node()
    {
        var wanted = (RemedyDecision.Wanted)Remedies.Decide(HungNode.Record, HungNode.Fresh, Policy);
        var slot = BudgetSlot.Of(HungNode.Record.Id, wanted, Given.Now);

        Assert.Equal(slot.For, BudgetSlot.Of(HungNode.Record.Id, wanted, Given.Now.AddHours(1)).For);
        Assert.NotEqual(slot.For, BudgetSlot.Of(HungNode.Record.Id, wanted with { Try = 2 }, Given.Now).For);
        Assert.NotEqual(slot.For, BudgetSlot.Of(HungNode.Record.Id, wanted with { Identity = HungNode.Life with { StartTicks = 1 } }, Given.Now).For);
        Assert.NotEqual(slot.For, BudgetSlot.Of(new NodeId(NodeName.Parse("host"), NodeName.Parse("other")), wanted, Given.Now).For);
        Assert.Null(slot.Daemon);
        Assert.NotNull(BudgetSlot.Of(HungNode.Record.Id, wanted with { DownDaemon = "host.daemon" }, Given.Now).Daemon);
    }

    [Fact]
    public void Of_two_nodes_whose_daemon_is_down_one_is_restarted_however_much_is_left()
    {
        var budget = Granted(new RestartBudget(), "one", 0, nodes: 1000, daemon: "d");

        Assert.Contains("the same daemon", Assert.IsType<BudgetAnswer.Refused>(budget.Reserve(Slot("two", 599, "d"), 1000, Policy)).Reason, StringComparison.Ordinal);
        budget = Granted(budget, "three", 1, nodes: 1000, daemon: "e");
        budget = Granted(budget, "four", 2, nodes: 1000);
        Granted(budget, "two", 600, nodes: 1000, daemon: "d");
    }

    [Fact]
    public void A_row_that_could_not_be_read_allows_nothing_for_one_window()
    {
        var unknown = RestartBudget.Unknown(Given.Now, Policy);

        Assert.IsType<BudgetAnswer.Refused>(unknown.Reserve(Slot("one", 599), 1000, Policy));
        Granted(unknown, "one", 600, nodes: 1000);
    }

    [Fact]
    public void A_clock_that_was_set_back_makes_it_no_looser_and_does_not_close_it_for_ever()
    {
        var budget = Granted(new RestartBudget(), "one", 0, nodes: 1);

        Assert.IsType<BudgetAnswer.Refused>(budget.Reserve(Slot("two", -300), 1, Policy));
        Granted(budget, "two", -600, nodes: 1);
    }

    [Fact]
    public void A_full_row_fits_into_its_row()
    {
        var budget = new RestartBudget { Slots = [.. Enumerable.Range(0, RestartBudget.MostSlots).Select(i => new BudgetSlot(Given.Now.AddTicks(1234567), $"{i:d12}", $"{i:d12}"))] };

        Assert.InRange(System.Text.Json.JsonSerializer.Serialize(budget, Functions.MonitorJson.Default.RestartBudget).Length, 1, Functions.Row.MaxText);
    }

    /// <summary>Over random wishes at random times and fleets that grow and shrink: never more than allowed in any window.</summary>
    [Fact]
    public void In_no_window_more_is_granted_than_the_largest_fleet_of_that_time_allowed() =>
        Gen.Select(Gen.Int[0, 120], Gen.Int[0, 30], Gen.Int[0, 60], (after, node, nodes) => (after, node, nodes)).Array[1, 80].Sample(wishes =>
        {
            var (budget, at) = (new RestartBudget(), 0);
            var granted = new List<(int At, int Node, int Nodes)>();
            foreach (var (after, node, nodes) in wishes)
            {
                at += after;
                if (budget.Reserve(Slot($"{node}", at), nodes, Policy) is BudgetAnswer.Granted { Next: var next } && next != budget)
                {
                    granted.Add((at, node, nodes));
                    budget = next;
                }
            }

            return Enumerable.Range(0, granted.Count).All(i => granted.Take(i + 1).Count(g => granted[i].At - g.At < 600) <= Policy.Allowed(granted[i].Nodes));
        });

    private static BudgetSlot Slot(string what, int second, string? daemon = null) => new(Given.Now.AddSeconds(second), what, daemon);

    private static RestartBudget Granted(RestartBudget budget, string what, int second, int nodes, string? daemon = null) =>
        Assert.IsType<BudgetAnswer.Granted>(budget.Reserve(Slot(what, second, daemon), nodes, Policy)).Next;
}
