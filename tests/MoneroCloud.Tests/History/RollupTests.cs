using System.Text.Json;
using System.Text.Json.Nodes;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.History;

/// <summary>What is summed up of a node with each write, and when it becomes rows of its own.</summary>
public sealed class RollupTests
{
    private static readonly DateTimeOffset Evening = new(2026, 1, 15, 21, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hours_and_days_have_each_check_once_and_each_second_in_its_state(bool sqlite)
    {
        await using var tables = await TestTables.OpenAsync(sqlite);
        using var past = await PastRig.StartAsync(tables.Table, Evening);
        await past.MinutesAsync(70);
        past.Happens(n => n.Kill());
        await past.TellAsync(); // At 22:10.
        await past.MinutesAsync(20, hung: true);
        past.Happens(n => n.Spawn());
        await past.MinutesAsync(150);

        Assert.Equal(Evening.AddHours(4), past.Now);
        var hours = await past.RollupsAsync(RollupSpan.Hour, Evening);
        Assert.Equal([Evening.AddHours(3), Evening.AddHours(2), Evening.AddHours(1), Evening], hours.Select(h => h.From));
        Assert.Equal([60, 60, 60, 60], hours.Select(h => h.Checks));
        Assert.Equal((20, 0, 20 * 60.0), (hours[2].Failures, hours[1].Failures, hours[2].DownSeconds));
        Assert.All(hours, h => Assert.Equal(3_600, h.UpSeconds + h.DownSeconds + h.DegradedSeconds + h.UnknownSeconds + h.DisabledSeconds));

        var days = await past.RollupsAsync(RollupSpan.Day, Evening.AddDays(-1));
        Assert.Equal([(Evening.AddHours(3), 60), (Evening.AddHours(-21), 180)], days.Select(d => (d.From, (int)d.Checks)));
        Assert.Equal(20 * 60, days[1].DownSeconds);

        // The same of what is stored, which is all there is once transitions are too old; the first report came when the first hour began.
        var stored = (await past.StoredAsync(RollupSpan.Hour)).Concat((await past.RecordAsync())!.Rollups!.Parts(RollupSpan.Hour)).ToDictionary(b => b.From);
        Assert.All(hours.Where(h => h.From != Evening.AddHours(3)), h => Assert.Equal((h.UpSeconds, h.DownSeconds), (stored[h.From].UpMs / 1_000.0, stored[h.From].DownMs / 1_000.0)));
        Assert.Equal(past.Checks, (await past.SumAsync(RollupSpan.Hour)).Checks);
        Assert.Equal(past.Checks, (await past.SumAsync(RollupSpan.Day)).Checks);
        Assert.Equal((await past.RecordAsync())!.Tally, await past.SumAsync(RollupSpan.Hour));
    }

    [Fact]
    public async Task Nodes_write_their_hours_at_different_minutes_of_its_first_half()
    {
        var minutes = new HashSet<int>();
        for (var i = 0; i < 12; i++)
        {
            var record = Started($"home.node{i}", Evening);
            var minute = Enumerable.Range(60, 60).First(m => Step(ref record, Evening.AddMinutes(m)).Hours.Length > 0);
            minutes.Add(minute);
            Assert.InRange(minute, 60, 90);
        }

        Assert.InRange(minutes.Count, 6, 12);
        await Task.CompletedTask;
    }

    /// <summary>Whoever was away for long wrote nothing, and its hours need no rows: none of them had a check.</summary>
    [Fact]
    public void After_90_days_without_a_word_one_hour_and_one_day_are_written_and_the_time_is_unknown()
    {
        var record = Started("home.main-node", Evening);
        var step = Step(ref record, Evening.AddDays(90));

        Assert.Equal((1, 1), (step.Hours.Length, step.Days.Length));
        Assert.Equal(270_000, step.Days[0].UpMs); // Until its agent was called silent.
        Assert.Equal(1, step.Days[0].Checks.Checks);
        Assert.Equal(0, record.Rollups!.Hour.UpMs);
    }

    [Fact]
    public void A_clock_that_is_set_back_writes_over_no_hour_and_counts_no_time_twice()
    {
        var record = Started("home.main-node", Evening);
        var written = new List<RollupBucket>();
        foreach (var minute in new[] { 1, 59, 61, 95, 30, 31, 59, 61, 119, 125, 185 })
        {
            written.AddRange(Step(ref record, Evening.AddMinutes(minute)).Hours);
        }

        written.AddRange(RollupFold.Last(record).Hours);
        Assert.Equal(written.Count, RollupRows.Hours(record.Id, written).Sum(r => r.Parts.Count));
        Assert.Equal(12, written.Sum(b => b.Checks.Checks));
        Assert.Equal(2, written.Count(b => b.From == Evening));
        Assert.All(written, b => Assert.Equal(TimeSpan.FromHours(1), b.Times(TimeSpan.FromHours(1)).Total));
    }

    [Fact]
    public async Task A_node_that_is_removed_leaves_what_was_counted_and_says_until_when_it_was_known()
    {
        using var past = await PastRig.StartAsync(at: Evening);
        await past.MinutesAsync(90);
        past.Agent.Nodes.Clear();
        past.Agent.Now = past.Now;
        Assert.IsType<TriggerResult.Done>(await past.Rig.TakeAsync(past.Agent.Report()));
        var id = new NodeId(MonitorRig.Home, NodeName.Parse("main-node"));
        Assert.Null(await past.Rig.NodeAsync(id));
        past.Rig.Time.Advance(TimeSpan.FromHours(1));

        var hours = (await past.Book.RollupsAsync(id, RollupSpan.Hour, Evening, past.Now, Evening, Cancellation))!.Value.Rollups;
        // The first of two reports in a row that it works changes nothing yet.
        Assert.Equal(90, hours.Sum(h => h.Checks));
        var uptime = (await past.Book.UptimeAsync(id, Evening, past.Now, 0, Cancellation))!;
        Assert.Equal((5_340, 3_660), (uptime.UpSeconds, uptime.UnknownSeconds));
    }

    /// <summary>Rows of an older program are read as before; what it leaves out of a row that it writes begins anew, and no row is written over.</summary>
    [Fact]
    public async Task A_row_without_sums_is_a_node_whose_sums_begin_now()
    {
        using var past = await PastRig.StartAsync(at: Evening);
        await past.MinutesAsync(10);
        await past.Rig.EnrolAsync(); // Nobody: the store stays.
        var key = Keys.Node(past.Node.Id);
        var row = (await past.Rig.Table.ReadAsync(key, Cancellation))!;
        var older = JsonNode.Parse(row.Doc)!.AsObject();
        Assert.True(older.Remove("tally") && older.Remove("rollups"));
        Assert.IsType<CommitResult.Committed>(await past.Rig.Table.CommitAsync([new RowChange.Replace(row with { Doc = older.ToJsonString() })], Cancellation));

        Assert.Null((await past.RecordAsync())!.Tally);
        await past.MinutesAsync(5);

        Assert.Equal((5, 5), ((await past.RecordAsync())!.Tally!.Checks, (await past.SumAsync(RollupSpan.Hour)).Checks));
    }

    [Fact]
    public void Sums_make_a_row_little_longer_and_an_hour_is_a_short_row()
    {
        var full = Messages.RowSamples.Node.Rollups!;
        var added = JsonSerializer.Serialize(Messages.RowSamples.Node, CoreJson.Default.NodeRecord).Length
            - JsonSerializer.Serialize(Messages.RowSamples.Node with { Tally = null, Rollups = null }, CoreJson.Default.NodeRecord).Length;

        Assert.InRange(added, 300, 1_300); // With one hour and one day that wait, which is so in few minutes of an hour.
        Assert.InRange(JsonSerializer.Serialize(full.Hour, CoreJson.Default.RollupBucket).Length, 100, 300);
    }

    /// <summary>However often a clock was set back: what is merged, hour by hour, is imported as a whole.</summary>
    [Fact]
    public void A_row_of_hours_fits_into_one_text()
    {
        const long Many = 9_999_999;
        var checks = new CheckTally { Up = Many, Degraded = Many, Down = Many, Unknown = Many, LatencyUs = Many * 1_000_000, Latencies = [.. Enumerable.Repeat(Many, 13)] };
        var hours = Enumerable.Range(0, RollupRows.MostParts)
            .Select(i => RollupBucket.New(RollupSpan.Hour, Evening, RollupRows.MostParts + i) with { Checks = checks, MinUs = Many * 10, MaxUs = Many * 10, UpMs = Many, DegradedMs = Many, DownMs = Many, DisabledMs = Many });

        var row = Assert.Single(RollupRows.Hours(Started("home.main-node", Evening).Id, hours));

        Assert.Equal(RollupRows.MostParts, row.Parts.Count);
        Assert.InRange(row.Written.Doc.Length, 20_000, Row.MaxText);
    }

    private static NodeRecord Started(string id, DateTimeOffset at)
    {
        var record = NodeRecord.New(NodeId.TryParse(id, out var parsed) ? parsed : default, NodeKind.WalletRpc, at) with { Health = Health.Unseen(at) with { State = HealthState.Up } };
        Step(ref record, at);
        return record;
    }

    /// <summary>A check that found it up.</summary>
    private static RollupStep Step(ref NodeRecord record, DateTimeOffset at)
    {
        var change = NodeChange.None(record) with { Checks = [new CheckSample(HealthState.Up, TimeSpan.FromMilliseconds(3))] };
        var step = RollupFold.Of(record, change, at, new MonitorPolicy().SilentAfter);
        record = step.Next;
        return step;
    }
}
