using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class OrderAimTests
{
    private static readonly ProcessIdentity Old = new("boot", 42, 1, "m1");
    private static readonly ProcessIdentity New = new("boot", 42, 2, "m2");

    /// <summary>The row: order, whether it names a life, which one lives (none, the same, another), whether one is wanted; and the answer, null to carry it out.</summary>
    public static TheoryData<string, bool, string, bool, Type?> Rows() => new()
    {
        { "Restart", true, "same", true, null },
        { "Restart", true, "other", true, typeof(OrderAnswer.Already) },
        { "Restart", true, "none", true, null },
        { "Restart", true, "none", false, null },
        { "Restart", false, "none", true, null },
        { "Restart", false, "other", true, typeof(OrderAnswer.Already) },
        { "Stop", true, "same", true, null },
        { "Stop", true, "other", true, typeof(OrderAnswer.Already) },
        { "Stop", true, "none", false, typeof(OrderAnswer.Already) },
        { "Stop", true, "none", true, null },
        { "Stop", false, "none", false, typeof(OrderAnswer.Already) },
        { "Stop", false, "other", true, typeof(OrderAnswer.Refused) },
        { "Start", true, "other", true, null },
        { "Enable", true, "other", true, null },
        { "Disable", false, "other", true, null },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_order_touches_the_life_it_names_and_no_other(string order, bool names, string living, bool wanted, Type? answer)
    {
        var aim = new OrderAim(names ? Old : null);
        var alive = living switch { "none" => null, "same" => Old with { }, _ => New };

        Assert.Equal(answer, aim.Judge(Enum.Parse<NodeOrder>(order), alive, wanted)?.GetType());
    }

    /// <summary>Every cell: the order, the life it names, the one that is there, whether one is wanted; and the answer by the rules.</summary>
    [Fact]
    public void Every_cell_is_answered_by_the_rules()
    {
        var cells = 0;
        foreach (var (order, names, living, wanted) in
            from o in Enum.GetValues<NodeOrder>() from n in new[] { true, false } from l in new[] { "none", "same", "other" } from w in new[] { true, false } select (o, n, l, w))
        {
            var alive = living switch { "none" => null, "same" => Old with { }, _ => New };
            var answer = new OrderAim(names ? Old : null).Judge(order, alive, wanted);
            var rule = Rule(order, names ? Old : null, alive, wanted);
            Assert.True(answer?.GetType() == rule, $"{order} that names {(names ? "a life" : "none")}, {living} lives, wanted {wanted}: {answer}");
            cells++;
        }

        Assert.Equal(5 * 2 * 3 * 2, cells);
    }

    /// <summary>
    /// A restart and a stop are for the life they name. Is it gone and a newer one runs, that is done already; runs none, the restart starts it and the
    /// stop is done already, unless a start is still to come, which the stop prevents. None named, and one runs: it is not the one that was meant.
    /// </summary>
    private static Type? Rule(NodeOrder order, ProcessIdentity? named, ProcessIdentity? alive, bool wanted)
    {
        if (order is not (NodeOrder.Restart or NodeOrder.Stop) || (alive is not null && alive == named))
        {
            return null;
        }

        return alive is null
            ? order == NodeOrder.Restart || wanted ? null : typeof(OrderAnswer.Already)
            : named is null && order == NodeOrder.Stop ? typeof(OrderAnswer.Refused) : typeof(OrderAnswer.Already);
    }
}
