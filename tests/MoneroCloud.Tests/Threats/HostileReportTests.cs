using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What stolen keys of the bus, of other agents and of before are worth to whoever wants to speak in an agent's name: nothing that is stored becomes another.</summary>
public sealed class HostileReportTests(ITestOutputHelper output)
{
    [Fact]
    public Task Forged_changed_repeated_late_and_readdressed_reports_change_nothing_that_is_stored() => RefusedAsync(seed: 1, ofEach: 15);

    [Fact]
    [Trait("Tier", "soak")]
    public Task A_hundred_and_fifty_thousand_of_them_change_nothing() => RefusedAsync(seed: 2, ofEach: 5_000);

    [Theory]
    [InlineData(
        Defect.BelievesAnySignature,
        "a bit is another, a part is missing, a byte more, another state under the signature, another agent's name under the signature, no algorithm, "
        + "an HMAC with the public key, the stranger's signature with the agent's name, the stranger's key within the header, signed by a stranger, signed by another agent, "
        + "another agent's, that names both, signed by the same agent's key for another monitor, signed by the key before, after its hour, the agent's own, of another type, the monitor's own signature, "
        + "a higher number under the signature, a later epoch under the signature")]
    [InlineData(Defect.KnowsTheStranger, "signed by a stranger")]
    [InlineData(Defect.KeepsOldKeys, "signed by the key before, after its hour")]
    [InlineData(Defect.ForgetsNumbers, "again, an older one again, again with the other signature of the same, of the epoch before")]
    internal async Task Catches_a_monitor_that_leaves_out_one_of_its_checks(Defect defect, string expected)
    {
        using var monitor = await AttackedMonitor.CreateAsync(3);
        using var hostile = new HostileReports(monitor, 3);
        var taken = new List<string>();
        foreach (var (kind, make) in hostile.Kinds)
        {
            for (var i = 0; i < 12; i++)
            {
                if (await monitor.IsTakenAsync(make(), defect))
                {
                    taken.Add(kind);
                    break;
                }
            }
        }

        Assert.Equal(expected, string.Join(", ", taken));
    }

    private async Task RefusedAsync(int seed, int ofEach)
    {
        using var monitor = await AttackedMonitor.CreateAsync(seed);
        using var hostile = new HostileReports(monitor, seed);
        var (taken, n) = (0, 0);
        foreach (var (kind, make) in hostile.Kinds)
        {
            var through = 0;
            for (var i = 0; i < ofEach; i++)
            {
                through += await monitor.IsTakenAsync(make()) ? 1 : 0;
            }

            output.WriteLine($"{kind}: {through} of {ofEach} taken");
            (taken, n) = (taken + through, n + ofEach);

            // What is good goes in, so that nothing above is refused for another reason.
            Assert.True(await monitor.TakesGoodAsync(), $"a good report after {kind}");
        }

        output.WriteLine($"{taken} of {n} taken; refused by kind: {string.Join(", ", (await monitor.Rig.RefusalsAsync()).OrderBy(r => r.Key).Select(r => $"{r.Key} {r.Value}"))}");
        Assert.Equal(0, taken);
    }
}
