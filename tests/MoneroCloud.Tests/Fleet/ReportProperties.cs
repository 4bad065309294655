using CsCheck;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Fleet;

/// <summary>However reports are lost, doubled, cut and mixed up on their way: as long as the last one arrives, the same is stored.</summary>
public sealed class ReportProperties
{
    private static readonly int Samples = int.Parse(Environment.GetEnvironmentVariable("MONEROCLOUD_TEST_SAMPLES") ?? "15", System.Globalization.CultureInfo.InvariantCulture);

    internal static readonly Gen<(LifeStep[] Life, int[] Fate)> Lives = Gen.Select(AgentLife.Steps, Gen.Int[0, 5039].Array[40]);

    [Fact]
    public Task Any_order_loss_and_doubling_of_reports_stores_the_same() =>
        Lives.SampleAsync(async life => await CompareAsync(life.Life, life.Fate, table => table), iter: Samples, threads: 1, print: Whole);

    /// <summary>A life that was found by chance: a clock is set back while a node is down, and both its end and its beginning come in one report.</summary>
    [Fact]
    public Task The_end_of_an_outage_is_told_though_the_clock_was_set_back_within_it()
    {
        LifeStep[] life = [new("port taken", 2), new("clock set back", 7), new("no wallet", 7), new("agent's own event", 6), new("busy", 9), new("busy", 5), new("agent restarted", 7), new("killed and spawned", 7)];
        int[] fate = [567, 4255, 4547, 3342, 2677, 796, 2872, 2824, 4625, 1737, 835, 2461, 1886, 65, 2047, 2180, 2350, 4745, 4525, 2747, 1985, 4930, 999, 2568, 1468, 3446, 952, 4425, 3563, 1570, 4408, 901, 1342, 236, 1010, 2177, 2739, 2447, 2806, 979];
        return CompareAsync(life, fate, table => table);
    }

    [Theory]
    [InlineData("events are folded again")]
    [InlineData("a state older than an event is taken")]
    [InlineData("an observation counts again")]
    public async Task Catches_a_monitor_that_forgets(string what)
    {
        Func<NodeRecord, NodeRecord> forget = what switch
        {
            "events are folded again" => n => n with { Applied = default },
            "a state older than an event is taken" => n => n with { LastEvent = default, Reported = default },
            _ => n => n with { Host = null, Reported = default, Health = n.Health with { LastNumber = default } },
        };
        await Assert.ThrowsAsync<CsCheckException>(() => Lives.SampleAsync(
            async life => await CompareAsync(life.Life, life.Fate, table => new ForgetfulTable(table, forget)), iter: 2000, threads: 1));
    }

    [Fact]
    public Task A_lost_journal_loses_only_what_was_in_it() =>
        Gen.Select(AgentLife.Steps, AgentLife.Steps, Gen.Int[0, 5039].Array[40]).SampleAsync(
            async (first, second, fate) => Same(
                await InOrderAsync(first, second, loses: true),
                await MixedUpAsync(first, second, fate, loses: true, table => table)),
            iter: Samples / 2,
            threads: 1);

    /// <summary>A failing life in full, so that it can be told again.</summary>
    internal static string Whole((LifeStep[] Life, int[] Fate) life) =>
        $"{string.Join(", ", life.Life.Select(s => $"{s.What} {s.Seconds}"))}; fate {string.Join(' ', life.Fate)}";

    internal static async Task CompareAsync(LifeStep[] life, int[] fate, Func<ITable, ITable> table) =>
        Same(await InOrderAsync(life, [], loses: false), await MixedUpAsync(life, [], fate, loses: false, table));

    private static void Same(SortedDictionary<string, string> expected, SortedDictionary<string, string> found)
    {
        var (missing, other) = (Beside(expected, found), Beside(found, expected));
        Assert.True(missing.Length + other.Length == 0, $"in order:\n{missing}\nmixed up:\n{other}");
    }

    /// <summary>What is not the same in the other, so that a failure shows just that.</summary>
    private static string Beside(SortedDictionary<string, string> story, SortedDictionary<string, string> other) =>
        string.Join('\n', story.Where(p => other.GetValueOrDefault(p.Key) != p.Value).Select(p => $"{p.Key} {p.Value}"));

    /// <summary>As it is when nothing goes wrong: a report after each step, and each arrives and is acked at once.</summary>
    private static async Task<SortedDictionary<string, string>> InOrderAsync(LifeStep[] first, LifeStep[] second, bool loses)
    {
        using var rig = new MonitorRig(policy: OrdersNothing);
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = NewAgent();
        foreach (var part in loses ? new[] { first, second } : [first])
        {
            foreach (var step in part.Append(End))
            {
                agent.Live(agent.Node, step);
                await rig.TakeAsync(agent);
            }

            if (loses && part == first)
            {
                agent.LoseJournal();
            }
        }

        return await Storyline.OfAsync(rig);
    }

    private static async Task<SortedDictionary<string, string>> MixedUpAsync(LifeStep[] first, LifeStep[] second, int[] fate, bool loses, Func<ITable, ITable> table)
    {
        using var rig = new MonitorRig(policy: OrdersNothing);
        rig.Table = table(rig.Table);
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = NewAgent();
        var network = new LossyNetwork(rig, agent, fate);
        foreach (var part in loses ? new[] { first, second } : [first])
        {
            foreach (var step in part.Append(End))
            {
                agent.Live(agent.Node, step);
                await network.TickAsync();
            }

            await network.SettleAsync();
            if (loses && part == first)
            {
                agent.LoseJournal();
            }
        }

        return await Storyline.OfAsync(rig);
    }

    /// <summary>What is ordered depends on when it is told, and changes what happens next.</summary>
    private static MonitorPolicy OrdersNothing { get; } = new() { Restarts = new RestartPolicy { Automatic = false } };

    private static LifeStep End => new("healthy", 5);

    private static SimulatedAgent NewAgent() => new(MonitorRig.Home, Given.Now, "main-node");
}
