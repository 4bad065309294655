using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What a decision about a restart leaves in the node's record, and adds to the alert that tells of its condition.</summary>
public sealed class RemedyFoldTests
{
    private static readonly NodeChange Hung = NodeChange.None(HungNode.Record) with { Alerts = [Alert(AlertKind.Down, Condition.Hung), Alert(AlertKind.Down, Condition.Exited), Alert(AlertKind.Recovered, Condition.Hung)] };

    [Fact]
    public void What_is_held_says_why_and_since_when()
    {
        var held = RemedyFold.Held(Hung, "its breaker is open", Given.Now);

        Assert.Equal(new HeldRestart(Condition.Hung, "its breaker is open", Given.Now), held.Next.HeldRestart);
        Assert.Equal(["a text; not restarted: its breaker is open", "a text", "a text"], held.Alerts.Select(a => a.Text));
    }

    [Fact]
    public void It_is_held_since_the_first_time_whatever_the_reason_is_meanwhile()
    {
        var held = RemedyFold.Held(Hung, "its breaker is open", Given.Now);
        var later = RemedyFold.Held(held, "the budget is used up", Given.Now.AddMinutes(1));

        Assert.Equal(new HeldRestart(Condition.Hung, "the budget is used up", Given.Now), later.Next.HeldRestart);
        var other = later with { Next = later.Next with { Health = HungNode.Of(Condition.PortClosed).Health } };
        Assert.Equal(Given.Now.AddMinutes(2), RemedyFold.Held(other, "the budget is used up", Given.Now.AddMinutes(2)).Next.HeldRestart!.Since);
    }

    [Fact]
    public void Nothing_is_held_any_more_once_it_is_cleared()
    {
        Assert.Same(Hung, RemedyFold.Cleared(Hung));
        Assert.Equal(Hung.Next, RemedyFold.Cleared(RemedyFold.Held(Hung, "its breaker is open", Given.Now)).Next);
    }

    [Fact]
    public void An_order_is_stored_with_what_it_is_for()
    {
        var wanted = (RemedyDecision.Wanted)Remedies.Decide(HungNode.Record, HungNode.Fresh, RestartPolicy.Default) with { Try = 3 };
        var order = new Order { Id = "a1", Audience = NodeName.Parse("host"), IssuedAt = 0, ExpiresAt = Given.Now.AddMinutes(5).ToUnixTimeSeconds(), Verb = OrderVerb.Restart, By = "monitor" };
        var record = new OrderRecord { Order = order, StoredAt = Given.Now };

        var placed = RemedyFold.Placed(RemedyFold.Held(Hung, "its breaker is open", Given.Now), record, wanted);

        var restart = new AutomaticRestart { Order = "a1", Identity = HungNode.Life, Condition = Condition.Hung, Try = 3, PlacedAt = Given.Now, ExpiresAt = Given.Now.AddMinutes(5) };
        Assert.Equal((restart, null, record), (placed.Next.LastRestart, placed.Next.HeldRestart, placed.Placed));
        Assert.EndsWith("; the monitor has ordered its restart (order a1)", placed.Alerts[0].Text, StringComparison.Ordinal);
    }

    private static Alert Alert(AlertKind kind, Condition condition) => new()
    {
        Id = "0123456789abcdef01234567",
        Subject = "host.main",
        Kind = kind,
        Severity = AlertSeverity.Critical,
        At = Given.Now,
        Due = Given.Now,
        Title = "a title",
        Text = "a text",
        Condition = condition,
    };
}
