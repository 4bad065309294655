using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What the monitor keeps of the last restart that it ordered by itself.</summary>
public sealed class AutomaticRestartTests
{
    private static readonly AutomaticRestart Placed = HungNode.Restart(TimeSpan.Zero);

    [Fact]
    public void It_may_be_taken_until_two_minutes_after_its_end()
    {
        var end = Placed.ExpiresAt.AddMinutes(2);

        Assert.True(Placed.IsInFlight(end.AddTicks(-1)));
        Assert.False(Placed.IsInFlight(end));
        Assert.Equal(end, Placed.OverAt());
    }

    [Fact]
    public void One_that_was_taken_is_over_after_an_hour()
    {
        var taken = Placed.Take(new NodeFact.OrderTaken(Placed.Order, OrderVerb.Restart), Given.Now.AddMinutes(1));
        var end = Given.Now.AddMinutes(61);

        Assert.Equal(Given.Now.AddMinutes(1), taken.TakenAt);
        Assert.True(taken.IsInFlight(end.AddTicks(-1)));
        Assert.False(taken.IsInFlight(end));
        Assert.Equal(end, taken.OverAt());
    }

    [Fact]
    public void Its_end_is_kept_with_its_words()
    {
        var ended = Placed.Take(Ended(Placed.Order, OutcomeResult.Failed, "it did not answer"), Given.Now.AddMinutes(3));

        Assert.Equal((Given.Now.AddMinutes(3), OutcomeResult.Failed, "it did not answer"), (ended.EndedAt, ended.Result, ended.Text));
        Assert.False(ended.IsInFlight(Given.Now));
        Assert.Equal(Given.Now.AddMinutes(3), ended.OverAt());
    }

    [Fact]
    public void A_refusal_is_an_end()
    {
        var refused = Placed.Take(new NodeFact.OrderRefused(Placed.Order, "alice has stopped it"), Given.Now.AddMinutes(3));

        Assert.Equal((Given.Now.AddMinutes(3), OutcomeResult.Refused, "alice has stopped it"), (refused.EndedAt, refused.Result, refused.Text));
    }

    [Fact]
    public void What_is_told_of_another_order_or_twice_changes_nothing()
    {
        NodeFact[] others = [new NodeFact.OrderTaken("other", OrderVerb.Restart), Ended("other", OutcomeResult.Done, ""), new NodeFact.OrderRefused("other", ""), new NodeFact.OrderRefused(null, "")];
        Assert.All(others, fact => Assert.Same(Placed, Placed.Take(fact, Given.Now)));

        NodeFact[] own = [new NodeFact.OrderTaken(Placed.Order, OrderVerb.Restart), Ended(Placed.Order, OutcomeResult.Done, ""), new NodeFact.OrderRefused(Placed.Order, "")];
        var over = Placed with { TakenAt = Given.Now, EndedAt = Given.Now, Result = OutcomeResult.Failed };
        Assert.All(own, fact => Assert.Same(over, over.Take(fact, Given.Now.AddMinutes(3))));
    }

    [Theory]
    [InlineData(300, 300)]
    [InlineData(301, 300)]
    public void Its_words_are_kept_up_to_a_bound(int length, int kept) =>
        Assert.Equal(new string('x', kept), Placed.Take(Ended(Placed.Order, OutcomeResult.Failed, new string('x', length)), Given.Now).Text);

    private static NodeFact.OrderEnded Ended(string order, OutcomeResult result, string text) => new(order, new Outcome { Result = result, Text = text });
}
