using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class OrderIntakeTests
{
    private static readonly NodeName Host = NodeName.Parse("host");
    private static readonly NodeName Main = NodeName.Parse("main");
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly Order Good = new()
    {
        Id = "0123456789abcdef0123456789abcdef0",
        Audience = Host,
        IssuedAt = Now.ToUnixTimeSeconds(),
        ExpiresAt = Now.AddMinutes(10).ToUnixTimeSeconds(),
        Verb = OrderVerb.Restart,
        Node = Main,
        By = "alice",
    };

    private static readonly IntakeContext Context = new(Host, name => name == Main, JournaledOrders.Empty, Now.AddDays(-1), Now);

    private static readonly AutomaticReason Hung = new(Condition.Hung, "no answer for 74 s");

    [Fact]
    public void An_automatic_restart_of_a_named_process_is_taken() =>
        Assert.IsType<IntakeVerdict.Take>(OrderIntake.Judge(Good with { Automatic = Hung, Verb = OrderVerb.Restart, Identity = new ProcessIdentity("boot", 42, 4711, null) }, Context));

    [Fact]
    public void A_good_order_is_taken() => Assert.IsType<IntakeVerdict.Take>(OrderIntake.Judge(Good, Context));

    [Fact]
    public void A_reload_needs_no_node() => Assert.IsType<IntakeVerdict.Take>(OrderIntake.Judge(Good with { Verb = OrderVerb.Reload, Node = null }, Context));

    public static TheoryData<string, Func<Order, Order>> Named() => new()
    {
        { "expired 1 s ago", o => o with { IssuedAt = o.IssuedAt - 601, ExpiresAt = o.IssuedAt - 1 } },
        { "expired 0 s ago", o => o with { IssuedAt = o.IssuedAt - 600, ExpiresAt = o.IssuedAt } },
        { "its life is", o => o with { ExpiresAt = o.IssuedAt + 601 } },
        { "its life is", o => o with { ExpiresAt = o.IssuedAt } },
        { "its life is", o => o with { IssuedAt = long.MinValue, ExpiresAt = long.MaxValue } },
        { "min from now", o => o with { IssuedAt = o.IssuedAt + 121, ExpiresAt = o.IssuedAt + 300 } },
        { "issued before this agent's journal", o => o with { IssuedAt = Now.AddDays(-1).ToUnixTimeSeconds() } },
        { "no node other", o => o with { Node = NodeName.Parse("other") } },
        { "names no node", o => o with { Node = null } },
        { "who ordered it", o => o with { By = new string('a', 65) } },
        { "who ordered it", o => o with { By = "a\nb" } },
        { "an automatic order is the restart", o => o with { Automatic = Hung, Verb = OrderVerb.Stop } },
        { "an automatic order is the restart", o => o with { Automatic = Hung, Identity = null } },
        { "does not know", o => o with { Verb = (OrderVerb)99 } },
        { "kill_after_ms is -1: 0 to 3600000", o => o with { KillAfterMs = -1 } },
        { "kill_after_ms is 3600001: 0 to 3600000", o => o with { KillAfterMs = 3_600_001 } },
        { "of a restart or a stop", o => o with { Verb = OrderVerb.Start, KillAfterMs = 10 } },
        { "does not know", o => o with { Method = (CheckMethod)99 } },
    };

    [Theory]
    [MemberData(nameof(Named))]
    public void An_order_that_is_not_to_be_carried_out_is_refused_by_its_id(string reason, Func<Order, Order> change)
    {
        // That long before now, the journal must not be in the way of the other reasons.
        var context = reason.StartsWith("issued before", StringComparison.Ordinal) ? Context with { Now = Now.AddDays(-1).AddMinutes(1) } : Context;
        var order = change(Good);
        order = reason.StartsWith("issued before", StringComparison.Ordinal) ? order with { ExpiresAt = order.IssuedAt + 600 } : order;

        var refused = Assert.IsType<IntakeVerdict.Refuse>(OrderIntake.Judge(order, context));

        Assert.True(refused.Named);
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdef01")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF0")]
    [InlineData("0123456789abcdef0123456789abcdefg")]
    [InlineData("")]
    public void What_has_no_id_is_refused_without_one(string id) => Assert.False(Assert.IsType<IntakeVerdict.Refuse>(OrderIntake.Judge(Good with { Id = id }, Context)).Named);

    [Fact]
    public void Another_agents_order_is_refused_without_a_word_about_its_id()
    {
        var refused = Assert.IsType<IntakeVerdict.Refuse>(OrderIntake.Judge(Good with { Audience = NodeName.Parse("other") }, Context));
        Assert.False(refused.Named);
        Assert.DoesNotContain(Good.Id, refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_is_two_minutes_apart_is_no_reason() =>
        Assert.IsType<IntakeVerdict.Take>(OrderIntake.Judge(Good, Context with { Now = Now.AddMinutes(-2) }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_taken_before_is_refused_and_its_first_taking_is_not_spoiled(bool ended)
    {
        var taken = JournaledOrders.Empty.Apply(new JournalRecord.OrderTaken(Good.Id, Good.ExpiresAt, Good.Verb, Good.Node, null));
        var orders = ended ? taken.Apply(new JournalRecord.OrderEnded(Good.Id)) : taken;
        Assert.False(Assert.IsType<IntakeVerdict.Refuse>(OrderIntake.Judge(Good, Context with { Orders = orders })).Named);
    }

    [Fact]
    public void A_forgotten_order_is_refused_also_when_the_clock_was_set_back()
    {
        var orders = JournaledOrders.Empty
            .Apply(new JournalRecord.OrderTaken(Good.Id, Good.ExpiresAt, Good.Verb, Good.Node, null))
            .Apply(new JournalRecord.OrderEnded(Good.Id));
        Assert.Same(orders, orders.Forget(Now.AddMinutes(12)));

        var forgotten = orders.Forget(Now.AddMinutes(12).AddSeconds(1));

        Assert.Empty(forgotten.All);
        Assert.Contains("set back", Assert.IsType<IntakeVerdict.Refuse>(OrderIntake.Judge(Good, Context with { Orders = forgotten })).Reason, StringComparison.Ordinal);
        var later = Good with { IssuedAt = Good.IssuedAt + 900, ExpiresAt = Good.ExpiresAt + 900 };
        Assert.IsType<IntakeVerdict.Take>(OrderIntake.Judge(later, Context with { Orders = forgotten, Now = Now.AddSeconds(900) }));
    }

    [Fact]
    public void An_order_without_an_end_is_never_forgotten()
    {
        var taken = JournaledOrders.Empty.Apply(new JournalRecord.OrderTaken(Good.Id, Good.ExpiresAt, Good.Verb, Good.Node, null));
        Assert.Single(taken.Forget(Now.AddDays(1)).All);
    }

    [Fact]
    public void When_no_more_can_be_remembered_no_more_are_taken()
    {
        var orders = JournaledOrders.Empty;
        for (var i = 0; i < JournaledOrders.Most; i++)
        {
            orders = orders.Apply(new JournalRecord.OrderTaken($"{i}", Good.ExpiresAt, Good.Verb, Good.Node, null));
        }

        Assert.Contains("no more fit", Assert.IsType<IntakeVerdict.Refuse>(OrderIntake.Judge(Good, Context with { Orders = orders })).Reason, StringComparison.Ordinal);
    }
}
