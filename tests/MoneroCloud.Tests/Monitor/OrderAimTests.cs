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
}
