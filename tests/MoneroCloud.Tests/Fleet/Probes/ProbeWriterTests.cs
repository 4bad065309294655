using System.Collections.Immutable;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Fleet;
using MoneroCloud.Tests.Incidents;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>How the answers of many nodes are stored when all of them change at once, as they do when what they share falls silent.</summary>
public sealed class ProbeWriterTests
{
    private const int Nodes = 320;

    /// <summary>A node whose health changes has: its own row, whether it counts, its history, the alert, the incident and its place.</summary>
    private const int RowsOfAChange = 6;

    private readonly List<NodeId> _ids = [.. Enumerable.Range(0, Nodes).Select(i => new NodeId(NodeName.Parse(NodeId.Remote), NodeName.Parse($"n{i}")))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_whole_fleet_that_falls_is_stored_in_few_commits_with_an_incident_and_an_alert_for_each_node(bool sqlite)
    {
        await using var tables = await TestTables.OpenAsync(sqlite);
        var table = new LosingTable(tables.Table, (_, _) => false);
        using var rig = Rig(table);
        await WellAsync(rig);

        var due = await FallAsync(rig, table);

        Assert.InRange(table.Committed.Sum(), Nodes * RowsOfAChange, Nodes * (RowsOfAChange + 2));
        Assert.InRange(table.Committed.Count, 1, Shard.Count + (table.Committed.Sum() / 80));
        Assert.Equal(_ids.Count, due.Count(c => c.Key.Key.StartsWith(Keys.Outbox, StringComparison.Ordinal)));
        await AreDownAsync(rig, _ids);
    }

    /// <summary>It is told once, whatever row of it lost its race and however often, and holds up no other.</summary>
    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    [InlineData(true, 4)]
    public async Task A_node_that_loses_a_race_is_judged_again_and_the_others_are_stored_with_it(bool incident, int times)
    {
        var calm = new MemoryTable();
        var row = incident ? Keys.OpenIncident(_ids[7].ToString()) : Keys.Node(_ids[7]);
        using var rig = Rig(calm);
        await WellAsync(rig);
        var table = new LosingTable(calm, (key, nth) => key == row && nth <= times);

        await FallAsync(rig, table);

        Assert.Equal(times, table.Lost);
        await AreDownAsync(rig, _ids);
    }

    [Fact]
    public async Task A_node_that_loses_every_race_is_left_to_the_next_tick_whole_and_the_others_are_stored()
    {
        var calm = new MemoryTable();
        var one = _ids[7];
        using var rig = Rig(calm);
        await WellAsync(rig);
        var table = new LosingTable(calm, (key, _) => key == Keys.Node(one));

        var due = await FallAsync(rig, table);

        Assert.DoesNotContain(due, c => c.Key.Key.Contains($"{one}|", StringComparison.Ordinal));
        Assert.Equal(HealthState.Up, (await rig.NodeAsync(one))!.Health.State);
        Assert.DoesNotContain(await rig.HistoryAsync(one.ToString()), e => e.Transition?.To == HealthState.Down);
        await AreDownAsync(rig, [.. _ids.Where(id => id != one)]);

        await FallAsync(rig, new LosingTable(calm, (_, _) => false));
        await AreDownAsync(rig, _ids);
    }

    /// <summary>When all fail nothing is read for that, and when all recover one range a shard.</summary>
    [Fact]
    public async Task Open_incidents_are_read_where_there_may_be_one_and_many_of_them_together()
    {
        var calm = new MemoryTable();
        using var rig = Rig(calm);
        await WellAsync(rig);
        rig.Table = new PrefixCounter(calm, Keys.OpenIncidents);
        await FallAsync(rig, new LosingTable(rig.Table, (_, _) => false));
        Assert.Equal((0, 0), ((PrefixCounter)rig.Table).Counted);
        rig.Table = calm;
        await AreDownAsync(rig, _ids);

        rig.Table = new PrefixCounter(calm, Keys.OpenIncidents);
        for (var minute = 0; minute < 2; minute++)
        {
            await TickAsync(rig, ProbeTicks.Well);
            rig.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var shards = _ids.CountBy(id => Shard.Of(id.ToString())).Select(s => s.Value).ToList();
        Assert.Contains(shards, n => n >= 16);
        Assert.Equal((shards.Where(n => n < 16).Sum(), shards.Count(n => n >= 16)), ((PrefixCounter)rig.Table).Counted);
        Assert.Empty(await rig.RowsAsync(Keys.OpenIncidents));
        Assert.Equal(Nodes, (await rig.RowsAsync(Keys.ClosedIncidents)).Count);
    }

    /// <summary>By a store that was repaired by hand, say: the incident goes on.</summary>
    [Fact]
    public async Task An_incident_that_is_open_though_nothing_is_known_to_be_wrong_is_found_by_the_race_against_it()
    {
        var calm = new MemoryTable();
        using var rig = Rig(calm);
        await WellAsync(rig);
        var open = StoredIncidents.Open(_ids[7].ToString(), minutesAgo: 5);
        await calm.StoreAsync(open);
        var table = new LosingTable(calm, (_, _) => false);

        await FallAsync(rig, table);

        Assert.Equal(0, table.Lost);
        await AreDownAsync(rig, _ids);
        Assert.Equal(open.Id, (await calm.FindAsync(Keys.OpenIncident(open.Subject), CoreJson.Default.Incident, Cancellation))!.Value.Id);
    }

    [Fact]
    public async Task Where_the_store_goes_away_in_between_what_was_stored_is_whole_and_the_rest_follows()
    {
        var calm = new MemoryTable();
        using var rig = Rig(calm);
        await WellAsync(rig);
        var table = new LosingTable(calm, (_, _) => false);
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        await TickAsync(rig, new ApiAnswer.Refused());
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        rig.Table = new AwayAfter(table, commits: 9);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => TickAsync(rig, new ApiAnswer.Refused()));
        rig.Table = calm;
        var told = await rig.RowsAsync(Keys.OpenIncidents);
        Assert.InRange(told.Count, 1, Nodes - 1);

        await TickAsync(rig, new ApiAnswer.Refused());

        await AreDownAsync(rig, _ids);
    }

    private MonitorRig Rig(ITable table)
    {
        var rig = new MonitorRig(table);
        rig.Policy = rig.Policy with { Targets = _ids.ToImmutableDictionary(id => id, id => new ProbeTarget { Id = id, Address = new Uri("http://127.0.0.1:1"), Kind = NodeKind.WalletRpc }) };
        return rig;
    }

    private async Task WellAsync(MonitorRig rig)
    {
        for (var minute = 0; minute < 3; minute++)
        {
            await TickAsync(rig, ProbeTicks.Well);
            rig.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Empty(await rig.RowsAsync(Keys.OpenIncidents));
    }

    /// <summary>Minutes until one without an answer is down. What the last of them stored, of which the table tells.</summary>
    private async Task<List<RowChange>> FallAsync(MonitorRig rig, LosingTable table)
    {
        var calm = rig.Table;
        await TickAsync(rig, new ApiAnswer.Refused());
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        rig.Table = table;
        table.Committed.Clear();
        var due = await TickAsync(rig, new ApiAnswer.Refused());
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        rig.Table = calm;
        return due;
    }

    private Task<List<RowChange>> TickAsync(MonitorRig rig, ApiAnswer answer) => ProbeTicks.StoreAsync(rig, _ids, answer);

    private static async Task AreDownAsync(MonitorRig rig, IReadOnlyCollection<NodeId> ids)
    {
        var incidents = (await rig.RowsAsync(Keys.OpenIncidents)).Select(r => Documents.Read(r, CoreJson.Default.Incident).Value.Subject).ToList();
        Assert.Equal(ids.Select(id => id.ToString()).Order(StringComparer.Ordinal), incidents.Order(StringComparer.Ordinal));
        var alerts = (await rig.RowsAsync(Keys.Outbox)).Select(r => Documents.Read(r, MonitorJson.Default.OutboxItem).Value.Alert!.Subject).ToList();
        Assert.Equal(ids.Select(id => id.ToString()).Order(StringComparer.Ordinal), alerts.Order(StringComparer.Ordinal));
        foreach (var id in ids)
        {
            Assert.Equal(HealthState.Down, (await rig.NodeAsync(id))!.Health.State);
            Assert.Single(await rig.HistoryAsync(id.ToString()), e => e.Transition?.To == HealthState.Down);
        }
    }

    private sealed class AwayAfter(ITable table, int commits) : PassingTable(table)
    {
        private int _left = commits;

        public override Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) =>
            Interlocked.Decrement(ref _left) >= 0 ? base.CommitAsync(changes, cancellationToken) : throw new StorageUnavailableException("it is away");
    }
}
