using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What a stolen key of the bus is worth to whoever has not the monitor's key: nothing.</summary>
public sealed class HostileOrderTests(ITestOutputHelper output)
{
    [Fact]
    public void Forged_changed_repeated_expired_and_readdressed_orders_are_refused() => Refused(seed: 1, ofEach: 100);

    [Fact]
    [Trait("Tier", "soak")]
    public void A_hundred_thousand_of_them_are_refused() => Refused(seed: 2, ofEach: 5_000);

    [Fact]
    public void Catches_an_agent_that_believes_another_key_too()
    {
        using var hostile = new HostileOrders(3);
        var taken = hostile.Kinds.Where(k => Enumerable.Range(0, 20).Any(_ => hostile.IsTaken(k.Value(), believes: true))).Select(k => k.Key);

        Assert.Equal(["signed by a stranger"], taken);
    }

    private void Refused(int seed, int ofEach)
    {
        using var hostile = new HostileOrders(seed);
        var (taken, n) = (0, 0);
        foreach (var (kind, make) in hostile.Kinds)
        {
            var through = Enumerable.Range(0, ofEach).Count(_ => hostile.IsTaken(make()));
            output.WriteLine($"{kind}: {through} of {ofEach} taken");
            (taken, n) = (taken + through, n + ofEach);
        }

        // What is good is taken, so that nothing above is refused for another reason.
        Assert.All(Enumerable.Range(0, 50), _ => Assert.True(hostile.IsTaken(hostile.Good())));
        output.WriteLine($"{taken} of {n} taken");
        Assert.Equal(0, taken);
    }
}
