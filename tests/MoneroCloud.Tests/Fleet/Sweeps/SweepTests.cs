using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What the sweep picks up, and that nothing stops it from picking up the rest.</summary>
public sealed class SweepTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_nobody_could_read_stays_is_named_and_stops_nothing_behind_it(bool sqlite)
    {
        await using var tables = await TestTables.OpenAsync(sqlite);
        using var log = new LinesLog();
        using var rig = new MonitorRig(tables.Table);
        var alert = Alert("home.main-node", Given.Now);
        var shard = Shard.Of(alert.Subject);
        var garbage = new (string Key, string Doc)[]
        {
            ("o|", "{}"),
            ("o|0|log", "not JSON"),
            ("o|1|log", "null"),
            ("o|2|log", "{}"),
            ("o|3|log", """{"order":"of nobody"}"""),
            ("o|4|log", $$"""{"order":"{{new string('a', 33)}}"}"""),
            ("o|5|log", JsonSerializer.Serialize(new OutboxItem { Alert = alert }, MonitorJson.Default.OutboxItem)),
            ("o|6|log", JsonSerializer.Serialize(new OutboxItem { Alert = alert, Channel = "log" }, MonitorJson.Default.OutboxItem)),
        };
        foreach (var (key, doc) in garbage)
        {
            await rig.Table.CommitAsync([new RowChange.Put(new Row { Key = new RowKey(shard, key), Doc = doc, Due = Given.Now })], Now);
        }

        await rig.Table.CommitAsync([AlertRows.Stored(alert)], Now);
        var sweep = rig.Sweep(rig.NewMonitor() with { Logs = log.Factory });

        Assert.IsType<TriggerResult.Done>(await sweep.InvokeAsync(new TriggerCall.Timer(false, null), Now));
        await rig.DeliverAsync();

        Assert.Equal(["home.main-node Down"], rig.Told);
        Assert.Equal(garbage.Select(g => (g.Key, g.Doc)), (await rig.RowsAsync(Keys.Outbox)).Select(r => (r.Key.Key, r.Doc)));
        Assert.All(garbage, g => Assert.Single(log.Lines, l => l.Contains($"{shard}/{g.Key} ", StringComparison.Ordinal)));

        // Told again now and then, not with every sweep.
        rig.Time.Advance(TimeSpan.FromMinutes(59));
        await sweep.InvokeAsync(new TriggerCall.Timer(false, null), Now);
        Assert.Equal(garbage.Length, log.Lines.Count(l => l.Contains("cannot be", StringComparison.Ordinal)));
        rig.Time.Advance(TimeSpan.FromMinutes(2));
        await sweep.InvokeAsync(new TriggerCall.Timer(false, null), Now);
        Assert.Equal(2 * garbage.Length, log.Lines.Count(l => l.Contains("cannot be", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_fails_in_one_shard_stops_no_other()
    {
        using var rig = new MonitorRig();
        var subjects = Enumerable.Range(0, 64).Select(i => $"home.n{i}").DistinctBy(Shard.Of).ToList();
        Assert.Equal(Shard.Count, subjects.Count);
        foreach (var subject in subjects)
        {
            await rig.Table.CommitAsync([AlertRows.Stored(Alert(subject, Given.Now))], Now);
        }

        var broken = Shard.Of(subjects[5]);
        var sweep = rig.Sweep(rig.NewMonitor() with { Table = new ShardOutage(rig.Table, broken) });

        var failed = Assert.IsType<TriggerResult.Failed>(await sweep.InvokeAsync(new TriggerCall.Timer(false, null), Now));

        Assert.Contains($"shard {broken} is away", failed.Reason, StringComparison.Ordinal);
        await rig.DeliverAsync();
        Assert.Equal(subjects.Where(s => Shard.Of(s) != broken).Order(StringComparer.Ordinal), rig.Notifier.Sent.Select(s => s.Alert.Subject).Order(StringComparer.Ordinal));
        await rig.PassAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(Shard.Count, rig.Notifier.Sent.Count);
    }

    [Fact]
    public async Task What_the_bus_did_not_take_is_sent_as_soon_as_it_does_and_once()
    {
        using var rig = new MonitorRig();
        var away = true;
        rig.Bus.Answer = _ => away ? new BusSend.NotNow("away", TimeSpan.Zero) : new BusSend.Accepted();
        var alerts = Enumerable.Range(0, 250).Select(i => Alert($"home.n{i % 3}", Given.Now.AddSeconds(i / 100)) with { Id = $"{i:x24}" }).ToList();
        foreach (var alert in alerts)
        {
            await rig.Table.CommitAsync([AlertRows.Stored(alert)], Now);
        }

        await rig.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Empty(rig.Told);
        away = false;
        await rig.PassAsync(TimeSpan.FromSeconds(45));

        Assert.Equal(alerts.Select(a => a.Id).Order(StringComparer.Ordinal), rig.Notifier.Sent.Select(s => s.Alert.Id).Order(StringComparer.Ordinal));
        Assert.Empty(await rig.RowsAsync(Keys.Outbox));
    }

    [Fact]
    public async Task A_gap_in_the_sweeps_begins_the_listening_anew_and_its_length_counts_to_the_second()
    {
        using var rig = new MonitorRig();
        var begun = rig.Time.GetUtcNow();
        Assert.Equal(begun, (await SweepMark.StampAsync(rig.NewMonitor(), Now)).Since);
        rig.Time.Advance(TimeSpan.FromSeconds(150));
        Assert.Equal(begun, (await SweepMark.StampAsync(rig.NewMonitor(), Now)).Since);
        rig.Time.Advance(TimeSpan.FromSeconds(151));
        Assert.Equal(rig.Time.GetUtcNow(), (await SweepMark.StampAsync(rig.NewMonitor(), Now)).Since);
    }

    [Fact]
    public async Task A_mark_of_the_future_counts_as_a_gap()
    {
        using var rig = new MonitorRig();
        var mark = new SweepMark { At = Given.Now.AddHours(1), Since = Given.Now.AddDays(-1) };
        await rig.Table.CommitAsync([new RowChange.Put(new Row { Key = Keys.SweepMark, Doc = JsonSerializer.Serialize(mark, MonitorJson.Default.SweepMark) })], Now);
        Assert.Equal(Given.Now, (await SweepMark.StampAsync(rig.NewMonitor(), Now)).Since);
    }

    private static Alert Alert(string subject, DateTimeOffset due) => new()
    {
        Id = Core.Alert.IdOf(subject, "1.1", AlertKind.Down),
        Subject = subject,
        Kind = AlertKind.Down,
        Severity = AlertSeverity.Critical,
        At = due,
        Due = due,
        Title = "down",
        Text = "down",
    };
}
