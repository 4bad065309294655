using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Fleet;

/// <summary>
/// A host that was restored from a snapshot: its agent numbers on from where the snapshot was made, and the monitor has other events under the
/// same numbers. Neither side may take the new ones for known.
/// </summary>
public sealed class RolledBackJournalTests
{
    private const int Before = 8;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(20)]
    public async Task Everything_that_happened_after_it_is_stored_once(int after)
    {
        var (stored, epoch, refused) = await LiveAsync(after, most: int.MaxValue, table => table);

        Assert.Equal(Times(after), stored);
        Assert.InRange(epoch, 2, 3);
        Assert.InRange(refused, 0, 1);
        TestContext.Current.TestOutputHelper!.WriteLine($"{Before} events before and {after} after it: {stored.Length} are stored, in epoch {epoch} in the end");
    }

    [Fact]
    public async Task Also_when_reports_have_no_room_for_all_of_it() =>
        Assert.Equal(Times(after: 20), (await LiveAsync(after: 20, most: 2, table => table)).Stored);

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    public async Task Catches_a_monitor_that_forgets_which_event_it_stored_last(int after)
    {
        var (stored, _, _) = await LiveAsync(after, int.MaxValue, table => new ForgetfulTable(table, n => n, a => a with { StoredEventAt = null }));

        Assert.NotEqual(Times(after), stored);
    }

    /// <summary>What is to be in the history in the end: what was told before, and all of what came after.</summary>
    private static long[] Times(int after) => [.. Enumerable.Range(1, Before).Select(i => (long)i), .. Enumerable.Range(101, after).Select(i => (long)i)];

    private static async Task<(long[] Stored, long Epoch, long Refused)> LiveAsync(int after, int most, Func<ITable, ITable> table)
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        rig.Table = table(rig.Table);
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node");
        for (var i = 1; i <= Before; i++)
        {
            agent.Now += TimeSpan.FromSeconds(1);
            agent.Add(agent.Node.Name, new NodeFact.WalletOpened(i));
            await rig.TakeAsync(agent);
        }

        // The monitor has three events that the snapshot has not.
        agent.RollBack(events: Before - 3);
        for (var i = 101; i < 101 + after; i++)
        {
            agent.Now += TimeSpan.FromSeconds(1);
            agent.Add(agent.Node.Name, new NodeFact.WalletOpened(i));
        }

        for (var more = true; more || agent.Acked < agent.Position.N;)
        {
            rig.Time.Advance(TimeSpan.FromMinutes(1));
            var report = agent.Report(most);
            await rig.TakeAsync(report);
            agent.Obey(rig.Bus.AcksTo(agent.Name).Last());
            more = report.More;
        }

        await rig.TakeAsync(agent.Report());
        agent.Obey(rig.Bus.AcksTo(agent.Name).Last());
        var history = await rig.HistoryAsync(agent.Node.Id.ToString());
        return ([.. history.Select(e => e.Fact).OfType<NodeFact.WalletOpened>().Select(f => f.AfterMs).Order()], agent.Epoch, (await rig.RefusalsAsync()).GetValueOrDefault("journal rolled back"));
    }
}
