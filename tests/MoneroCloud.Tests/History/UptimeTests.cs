using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.History;

/// <summary>Uptime from what the monitor really stores.</summary>
public sealed class UptimeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Looked at every 15 s for over two hours: restarts, silence, an operator's hands.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_what_was_shown_all_the_while(bool sqlite)
    {
        await using var tables = await TestTables.OpenAsync(sqlite);
        using var past = await PastRig.StartAsync(tables.Table);
        await past.ReportAsync();
        var from = past.Now;
        await past.WatchAsync(10);
        past.Happens(n => n.Kill());
        await past.WatchAsync(7);
        past.Happens(n => n.Spawn());
        await past.WatchAsync(5);
        past.Happens(n => n.Order("disable"));
        await past.WatchAsync(5);
        past.Happens(n => n.Order("enable"));
        await past.WatchAsync(8);
        await past.WatchAsync(12, silent: true);
        await past.WatchAsync(4);
        past.Happens(n => n.Order("stop"));
        await past.WatchAsync(3);
        past.Happens(n => n.Order("start"));
        await past.WatchAsync(6);

        var uptime = await past.UptimeAsync(from, slices: past.Shown.Count);
        Assert.Equal(
            past.Shown.Select((state, i) => (i, default(StateTimes).With(state, TimeSpan.FromSeconds(15)))),
            uptime.Slices!.Value.Select((slice, i) => (i, Times(slice))));
        var found = Times(uptime);
        Assert.True(found is { Up.TotalMinutes: > 20, Down.TotalMinutes: > 5, Unknown.TotalMinutes: > 8, Disabled.TotalMinutes: > 6 }, found.ToString());
        Assert.Equal(found.Up.TotalSeconds / (found.Up + found.Down).TotalSeconds, uptime.Uptime);
        Assert.Equal(found, uptime.Slices.Value.Select(Times).Aggregate((one, other) => one + other));
        Assert.Equal((from, past.Now), (uptime.Slices.Value[0].From, uptime.Slices.Value[^1].To));
    }

    /// <summary>A remote node that the configuration declares, takes out of supervision, forgets, and declares anew.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_was_removed_while_it_was_out_of_supervision_is_unknown_until_it_is_declared_anew(bool available)
    {
        await using var peer = ScriptedHttpPeer.Start(ProbeTargets.Healthy);
        var one = ProbeTargets.Remote("one", peer.Address);
        var plain = new MonitorPolicy();
        using var rig = new MonitorRig(policy: plain);
        var from = rig.Time.GetUtcNow();
        await MinutesAsync(plain.With(one), 10);
        await MinutesAsync(plain.With(one with { Available = false }), 20);
        await MinutesAsync(plain, 30);
        await MinutesAsync(plain.With(one with { Available = available }), 40);

        var uptime = (await new HistoryBook(rig.NewMonitor()).UptimeAsync(one.Id, from, rig.Time.GetUtcNow(), 100, Cancellation))!;
        var slices = uptime.Slices!.Value.Select(Times).ToList();

        // A tick is at the begin of each minute; the first answers decide that it is up.
        Assert.All(slices[5..10], t => Assert.Equal(60, t.Up.TotalSeconds));
        Assert.All(slices[10..30], t => Assert.Equal(60, t.Disabled.TotalSeconds));
        Assert.All(slices[30..60], t => Assert.Equal(60, t.Unknown.TotalSeconds));
        Assert.All(slices[65..], t => Assert.Equal(60, (available ? t.Up : t.Disabled).TotalSeconds));
        Assert.Equal(0, slices[..10].Sum(t => t.Disabled.TotalSeconds));

        async Task MinutesAsync(MonitorPolicy policy, int minutes)
        {
            rig.Policy = policy;
            for (var i = 0; i < minutes; i++)
            {
                using var monitor = new ProbingMonitor(rig.NewMonitor() with { Time = new StoppedTimers(rig.Time) });
                Assert.IsType<TriggerResult.Done>(await monitor.TickAsync());
                for (var sweep = 0; sweep < 4; sweep++)
                {
                    await rig.SweepAsync();
                    rig.Time.Advance(TimeSpan.FromSeconds(15));
                }
            }
        }
    }

    [Fact]
    public async Task While_the_monitor_did_not_run_nobody_heard_that_it_worked()
    {
        using var past = await PastRig.StartAsync();
        await past.WatchAsync(10);
        var from = past.Now;
        past.Rig.Time.Advance(TimeSpan.FromHours(2));
        await past.WatchAsync(10);

        // The last sweep was 15 s before.
        Assert.Equal((7_200 + 15, 600), ((await past.UptimeAsync(from - TimeSpan.FromSeconds(15))).UnknownSeconds, (await past.UptimeAsync(from)).UpSeconds));
    }

    [Fact]
    public async Task Of_a_node_nobody_knows_there_is_none_and_of_one_that_never_changed_it_is_its_state()
    {
        using var past = await PastRig.StartAsync();
        Assert.Null(await past.Book.UptimeAsync(past.Node.Id, past.Now.AddHours(-1), past.Now, 0, Cancellation));

        var id = new NodeId(MonitorRig.Home, NodeName.Parse("old"));
        var record = NodeRecord.New(id, NodeKind.WalletRpc, past.Now) with { Health = Health.Unseen(past.Now) with { State = HealthState.Up, Since = past.Now.AddDays(-200) } };
        await past.Rig.Table.CommitAsync([Documents.Write(Keys.Node(id), new Stored<NodeRecord>(record, null), CoreJson.Default.NodeRecord)], Cancellation);

        var week = (await past.Book.UptimeAsync(id, past.Now.AddDays(-7), past.Now, 0, Cancellation))!;
        Assert.Equal((1, 7 * 86_400), (week.Uptime, week.UpSeconds));
        var unknown = (await past.Book.UptimeAsync(id, past.Now, past.Now.AddDays(1), 0, Cancellation))!;
        Assert.Equal((null, 86_400), (unknown.Uptime, unknown.UnknownSeconds));
    }

    /// <summary>Transitions are gone after 90 days: then the days' own sums are all there is.</summary>
    [Fact]
    public async Task What_is_older_than_transitions_are_kept_comes_from_the_days()
    {
        using var past = await PastRig.StartAsync();
        await past.ReportAsync();
        var day = RollupSpan.Day.StartOf(past.Now.AddDays(-100));
        foreach (var (i, down) in new[] { (0, 3_600_000), (1, 0) })
        {
            var bucket = new RollupBucket { Start = day.AddDays(i).ToUnixTimeSeconds(), Began = day.AddDays(i).ToUnixTimeMilliseconds(), UpMs = 82_800_000, DownMs = down };
            await past.Rig.Table.CommitAsync([RollupRows.Day(past.Node.Id, bucket)], Cancellation);
        }

        var view = (await past.Book.UptimeAsync(past.Node.Id, day, day.AddDays(3), 3, Cancellation))!;

        Assert.Equal([(82_800, 3_600, 0), (82_800, 0, 3_600), (0.0, 0, 86_400)], view.Slices!.Value.Select(s => (s.UpSeconds, s.DownSeconds, s.UnknownSeconds)));
        Assert.Equal(82_800.0 / 86_400, view.Slices.Value[0].Uptime);
        var half = (await past.Book.UptimeAsync(past.Node.Id, day.AddHours(12), day.AddDays(1), 0, Cancellation))!;
        Assert.Equal((41_400, 1_800), (half.UpSeconds, half.DownSeconds));
        Assert.Equal(4, (await past.RollupsAsync(RollupSpan.Day, day)).Count(d => d.Checks > 0 || d.UpSeconds > 0 || d.DownSeconds > 0) + 1);
    }

    private static StateTimes Times(UptimeView view) => new(
        TimeSpan.FromSeconds(view.UpSeconds), TimeSpan.FromSeconds(view.DegradedSeconds), TimeSpan.FromSeconds(view.DownSeconds),
        TimeSpan.FromSeconds(view.UnknownSeconds), TimeSpan.FromSeconds(view.DisabledSeconds));
}
