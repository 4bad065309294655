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
        Lives.SampleAsync(async life => await CompareAsync(life.Life, life.Fate, table => table), iter: Samples, threads: 1);

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
