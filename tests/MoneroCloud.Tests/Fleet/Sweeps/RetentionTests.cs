using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What has been kept long enough goes, to the second, and nothing else does.</summary>
public sealed class RetentionTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task History_roll_ups_deliveries_and_orders_are_kept_to_the_second_and_everything_else_for_ever(bool sqlite)
    {
        await using var tables = await TestTables.OpenAsync(sqlite);
        using var rig = new MonitorRig(tables.Table, new MonitorPolicy { HistoryKept = TimeSpan.FromDays(7), HoursKept = TimeSpan.FromDays(3), DaysKept = TimeSpan.FromDays(30), AuditKept = TimeSpan.FromDays(60) });
        var shard = new Shard((int)(rig.Time.GetUtcNow().ToUnixTimeSeconds() / 60 % Shard.Count));
        var subjects = Enumerable.Range(0, 1000).Select(i => $"home.n{i}").Where(s => Shard.Of(s) == shard).Take(3).ToList();
        var oldest = rig.Time.GetUtcNow() - rig.Policy.HistoryKept;
        var oldestChange = oldest - TimeSpan.FromDays(1); // So that the first day is whole.
        var (gone, kept) = (new List<Row>(), new List<Row>());
        foreach (var subject in subjects)
        {
            gone.AddRange([History(subject, oldestChange), History(subject, oldestChange - Second), Delivered(subject, oldest), Delivered(subject, oldest - TimeSpan.FromDays(400)), Ended(shard, oldest - Second)]);
            kept.AddRange([History(subject, oldestChange + Second), Delivered(subject, oldest + Second), History(subject, rig.Time.GetUtcNow()), Ended(shard, oldest)]);
        }

        gone.AddRange([Day(subjects[0], rig.Time.GetUtcNow().AddDays(-30) - Second), Day(subjects[1], rig.Time.GetUtcNow().AddDays(-400))]);
        kept.AddRange([Day(subjects[0], rig.Time.GetUtcNow().AddDays(-30) + Second), Day(subjects[1], rig.Time.GetUtcNow())]);

        // The day in which the oldest hour is that is kept stays whole.
        var day = RollupSpan.Day.StartOf(rig.Time.GetUtcNow().AddDays(-3));
        gone.AddRange([Hour(subjects[0], day.AddHours(-1)), Hour(subjects[1], rig.Time.GetUtcNow().AddDays(-400))]);
        kept.AddRange([Hour(subjects[0], day), Hour(subjects[2], day.AddHours(23)), Hour(subjects[1], rig.Time.GetUtcNow())]);

        gone.AddRange([Audited(subjects[0], rig.Time.GetUtcNow().AddDays(-60) - Second), Audited(subjects[1], rig.Time.GetUtcNow().AddDays(-500))]);
        kept.AddRange([Audited(subjects[0], rig.Time.GetUtcNow().AddDays(-60) + Second), Audited(subjects[1], rig.Time.GetUtcNow())]);
        kept.AddRange(new[] { "a|home", "n|home.n1", "o|0123|log", "q|home.n1", "s|summary2", "v|doubt2", "x|reports|malformed", "zz" }.Select(k => new Row { Key = new RowKey(shard, k), Doc = "{}" }));
        await StoreAsync(rig, [.. gone, .. kept]);

        // The sweep of this minute goes through this shard; what else it finds there cannot be read, which stops nothing.
        await new OldRows(rig.NewMonitor()).SweepAsync(Now);

        Assert.Equal(kept.Select(r => r.Key.Key).Order(StringComparer.Ordinal), (await rig.RowsAsync("")).Select(r => r.Key.Key));
    }

    [Fact]
    public async Task Within_16_minutes_every_shard_has_its_turn_and_a_minute_has_one()
    {
        using var rig = new MonitorRig(policy: new MonitorPolicy { HistoryKept = TimeSpan.FromDays(7) });
        var old = Enumerable.Range(0, 64).Select(i => History($"home.n{i}", rig.Time.GetUtcNow() - TimeSpan.FromDays(8))).ToArray();
        Assert.Equal(Shard.Count, old.Select(r => r.Key.Shard).Distinct().Count());
        await StoreAsync(rig, old);
        var sweep = new OldRows(rig.NewMonitor());

        for (var minute = 1; minute <= Shard.Count; minute++)
        {
            Assert.True(await sweep.SweepAsync(Now));
            Assert.False(await sweep.SweepAsync(Now));
            Assert.Equal(Shard.Count - minute, (await rig.RowsAsync(Keys.AllHistory)).Select(r => r.Key.Shard).Distinct().Count());
            rig.Time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task One_run_removes_a_bounded_number_of_a_subject_and_the_next_one_goes_on()
    {
        using var rig = new MonitorRig();
        var shard = new Shard((int)(rig.Time.GetUtcNow().ToUnixTimeSeconds() / 60 % Shard.Count));
        var subjects = Enumerable.Range(0, 1000).Select(i => $"home.n{i}").Where(s => Shard.Of(s) == shard).Take(2).ToList();
        await StoreAsync(rig, [.. Enumerable.Range(1, 1_050).Select(i => History(subjects[0], Given.Now - TimeSpan.FromDays(100 + i))), History(subjects[1], Given.Now - TimeSpan.FromDays(100))]);

        await new OldRows(rig.NewMonitor()).SweepAsync(Now);
        Assert.Equal(50, (await rig.RowsAsync(Keys.AllHistory)).Count);

        await new OldRows(rig.NewMonitor()).SweepAsync(Now);
        Assert.Empty(await rig.RowsAsync(Keys.AllHistory));
    }

    [Fact]
    public async Task A_check_is_kept_for_an_hour_after_it_expired_and_other_orders_as_long_as_history()
    {
        using var rig = new MonitorRig();
        var (shard, hourAgo) = (TurnOf(rig), Given.Now - TimeSpan.FromHours(1));
        var kept = new[] { Ended(shard, hourAgo, OrderVerb.Check), Ended(shard, hourAgo - Second) };
        await StoreAsync(rig, [.. kept, Ended(shard, hourAgo - Second, OrderVerb.Check)]);

        await new OldRows(rig.NewMonitor()).SweepAsync(Now);

        Assert.Equal(kept.Select(r => r.Key.Key).Order(StringComparer.Ordinal), (await rig.RowsAsync(Keys.Orders)).Select(r => r.Key.Key));
    }

    [Fact]
    public async Task A_run_that_is_ended_while_it_reads_orders_has_removed_those_it_had_found()
    {
        using var rig = new MonitorRig();
        var shard = TurnOf(rig);
        await StoreAsync(rig, [.. Enumerable.Range(0, 250).Select(_ => Ended(shard, Given.Now - TimeSpan.FromDays(1), OrderVerb.Check))]);
        var whole = rig.Table;
        rig.Table = new CutOffTable(whole, rows: 220);

        await Assert.ThrowsAsync<OperationCanceledException>(() => new OldRows(rig.NewMonitor()).SweepAsync(Now));

        rig.Table = whole;
        Assert.Equal(50, (await rig.RowsAsync(Keys.Orders)).Count);
    }

    [Fact]
    public async Task One_run_looks_at_a_bounded_number_of_orders_and_the_shards_next_turn_goes_on()
    {
        using var rig = new MonitorRig();
        var shard = TurnOf(rig);
        var young = Enumerable.Range(0, 5_000).Select(i => Ended(shard, Given.Now, OrderVerb.Check, $"{i:x32}"));
        var old = Enumerable.Range(5_000, 10).Select(i => Ended(shard, Given.Now - TimeSpan.FromDays(1), OrderVerb.Check, $"{i:x32}"));
        await StoreAsync(rig, [.. young, .. old]);
        var sweep = new OldRows(rig.NewMonitor());

        await sweep.SweepAsync(Now);
        Assert.Equal(5_010, (await rig.RowsAsync(Keys.Orders)).Count);

        rig.Time.Advance(TimeSpan.FromMinutes(Shard.Count));
        await sweep.SweepAsync(Now);
        Assert.Equal(5_000, (await rig.RowsAsync(Keys.Orders)).Count);

        rig.Time.Advance(TimeSpan.FromMinutes(8 * Shard.Count)); // The shard's turn again, and all are old.
        await sweep.SweepAsync(Now);
        Assert.Empty(await rig.RowsAsync(Keys.Orders));
    }

    private static Shard TurnOf(MonitorRig rig) => new((int)(rig.Time.GetUtcNow().ToUnixTimeSeconds() / 60 % Shard.Count));

    private static Row Audited(string subject, DateTimeOffset at) => new() { Key = Keys.Audit(subject, at, "0"), Doc = "{}" };

    /// <summary>A key of a kind that is gone through, without the subject that every key of that kind has: it must not stand for all.</summary>
    [Theory]
    [InlineData("h|garbage")]
    [InlineData("d|")]
    public async Task A_key_that_nobody_writes_stays_and_takes_nothing_along(string key)
    {
        using var log = new LinesLog();
        using var rig = new MonitorRig();
        var shard = new Shard((int)(rig.Time.GetUtcNow().ToUnixTimeSeconds() / 60 % Shard.Count));
        var subject = Enumerable.Range(0, 1000).Select(i => $"home.n{i}").First(s => Shard.Of(s) == shard);
        var garbage = new Row { Key = new RowKey(shard, key), Doc = "garbage" };
        await StoreAsync(rig, garbage, History(subject, Given.Now - TimeSpan.FromDays(200)), History(subject, Given.Now), new Row { Key = new RowKey(shard, $"n|{subject}"), Doc = "{}" });

        await new OldRows(rig.NewMonitor() with { Logs = log.Factory }).SweepAsync(Now);

        Assert.Equal(3, (await rig.RowsAsync("")).Count);
        Assert.Contains(log.Lines, l => l.Contains($"row {shard}/{key} is of no kind", StringComparison.Ordinal));
    }

    private static Row History(string subject, DateTimeOffset at)
    {
        var entry = new HistoryEntry { At = at, Place = "1.1", Fact = new NodeFact.Spawned(1) };
        return new Row { Key = Keys.History(subject, entry), Doc = JsonSerializer.Serialize(entry, CoreJson.Default.HistoryEntry) };
    }

    private static Row Day(string node, DateTimeOffset begin) => RollupRows.Day(IdOf(node), Bucket(begin)).Row;

    private static Row Hour(string node, DateTimeOffset begin) => RollupRows.Hours(IdOf(node), [Bucket(begin)]).Single().Written;

    private static RollupBucket Bucket(DateTimeOffset begin) => new() { Start = begin.ToUnixTimeSeconds(), Began = begin.ToUnixTimeMilliseconds() };

    private static NodeId IdOf(string node) => NodeId.TryParse(node, out var id) ? id : default;

    private static Row Delivered(string subject, DateTimeOffset at)
    {
        var alert = new Alert { Id = Alert.IdOf(subject, "1.1", AlertKind.Down), Subject = subject, Kind = AlertKind.Down, Severity = AlertSeverity.Critical, At = at, Due = at, Title = "down", Text = "down" };
        return new Row { Key = Keys.Delivered(alert, "log"), Doc = JsonSerializer.Serialize(new DeliveryRecord { Alert = alert, Channel = "log", At = at }, MonitorJson.Default.DeliveryRecord) };
    }

    private static Row Ended(Shard shard, DateTimeOffset expired, OrderVerb verb = OrderVerb.Reload, string? place = null)
    {
        var order = new Order
        {
            Id = $"{shard}{place ?? $"{Guid.NewGuid():n}"}",
            Audience = MonitorRig.Home,
            IssuedAt = (expired - TimeSpan.FromMinutes(5)).ToUnixTimeSeconds(),
            ExpiresAt = expired.ToUnixTimeSeconds(),
            Verb = verb,
            By = "operator",
        };
        return new Row { Key = Keys.Order(order.Id)!.Value, Doc = JsonSerializer.Serialize(new OrderRecord { Order = order, StoredAt = expired, State = OrderState.Taken }, CoreJson.Default.OrderRecord) };
    }

    private static async Task StoreAsync(MonitorRig rig, params Row[] rows)
    {
        foreach (var row in rows)
        {
            Assert.IsType<CommitResult.Committed>(await rig.Table.CommitAsync([new RowChange.Put(row)], Now));
        }
    }

    /// <summary>A table of which a listing of orders is cancelled after so many rows.</summary>
    private sealed class CutOffTable(ITable table, int rows) : PassingTable(table)
    {
        public override IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) =>
            range.From.StartsWith(Keys.Orders, StringComparison.Ordinal)
                ? base.RangeAsync(shard, range, most, cancellationToken).Select((row, i) => i < rows ? row : throw new OperationCanceledException())
                : base.RangeAsync(shard, range, most, cancellationToken);
    }
}
