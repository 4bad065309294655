using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Several processes of the monitor over one table: each shard is probed by one, and an old result never overwrites a newer one.</summary>
public sealed class ProbeLeaseTests
{
    private static readonly NodeId One = ProbeTargets.Id("remote.one");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_monitors_at_the_same_time_probe_a_node_once(bool sqlite)
    {
        await using var tables = await TestTables.OpenAsync(sqlite);
        var answer = new TaskCompletionSource();
        await using var peer = ScriptedHttpPeer.Start(async (connection, cancellation) =>
        {
            await connection.ReadRequestAsync(cancellation);
            await answer.Task.WaitAsync(cancellation);
            await connection.SendAsync(Play.Answer(Play.VersionJson), cancellation);
        });
        using var rig = new MonitorRig(tables.Table, new MonitorPolicy().With(ProbeTargets.Remote("one", peer.Address)));
        using var first = new ProbingMonitor(rig.NewMonitor());
        using var second = new ProbingMonitor(rig.NewMonitor());

        var tick = first.TickAsync();
        await peer.NextRequestAsync(Now);
        Assert.IsType<TriggerResult.Done>(await second.TickAsync());
        answer.SetResult();
        Assert.IsType<TriggerResult.Done>(await tick);

        Assert.Single(peer.Requests);
        Assert.Equal(16, (await rig.RowsAsync("s|summary")).Count);
        Assert.Empty(await rig.RowsAsync("l|"));
        rig.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.IsType<TriggerResult.Done>(await second.TickAsync());
        Assert.Equal(2, peer.Requests.Count);
    }

    [Fact]
    public async Task A_shard_that_another_holds_is_left_to_it_and_the_others_are_probed()
    {
        await using var peer = ScriptedHttpPeer.Start(ProbeTargets.Healthy);
        using var rig = new MonitorRig(policy: new MonitorPolicy().With(ProbeTargets.Remote("one", peer.Address), ProbeTargets.Remote("two", peer.Address)));
        var (own, other) = (Keys.Node(One).Shard, Keys.Node(ProbeTargets.Id("remote.two")).Shard);
        Assert.NotEqual(own, other);
        Assert.NotNull(await new Leases(rig.Table, rig.Time).TryTakeAsync(other, "shard", "somebody else", TimeSpan.FromSeconds(45), Now));
        using var monitor = new ProbingMonitor(rig.NewMonitor());

        await monitor.TickAsync();

        Assert.NotNull(await rig.NodeAsync(One));
        Assert.Null(await rig.NodeAsync(ProbeTargets.Id("remote.two")));
        Assert.Single(peer.Requests);

        // It has run out: nobody waits for who held it.
        rig.Time.Advance(TimeSpan.FromSeconds(60));
        await monitor.TickAsync();
        Assert.NotNull(await rig.NodeAsync(ProbeTargets.Id("remote.two")));
    }

    [Fact]
    public async Task A_lease_that_cannot_be_renewed_ends_the_tick_and_nothing_of_it_is_stored()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Hang, ProbeTargets.Healthy);
        using var rig = new MonitorRig(policy: new MonitorPolicy().With(ProbeTargets.Remote("one", peer.Address)));
        using var second = new ProbingMonitor(rig.NewMonitor());
        var away = false;
        var outages = new TableOutages(rig.Table, () => away);
        using var first = new ProbingMonitor(rig.NewMonitor() with { Table = outages }, TimeSpan.FromSeconds(30));

        var tick = first.TickAsync();
        await peer.NextRequestAsync(Now);
        away = true;
        for (var renewals = 1; renewals <= 3; renewals++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(15)); // With the third one that fails, the lease is over.
            Assert.True(SpinWait.SpinUntil(() => outages.Refused >= 16 * renewals, 10_000));
        }

        away = false;
        await tick;
        Assert.Null((await rig.NodeAsync(One))?.Probe);

        await second.TickAsync();
        Assert.IsType<ApiAnswer.Answered>((await rig.NodeAsync(One))!.Probe!.Answer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_monitor_that_slept_past_its_lease_does_not_overwrite_what_the_next_one_found(bool sqlite)
    {
        await using var tables = await TestTables.OpenAsync(sqlite);
        var (newer, after) = await SleptAsync(tables.Table, table => table);
        Assert.Equal((newer.Probe, newer.Health), (after.Probe, after.Health));
    }

    /// <summary>The negative: one that does not see that there is a newer answer.</summary>
    [Fact]
    public async Task Catches_a_monitor_that_does_overwrite_it()
    {
        var (newer, after) = await SleptAsync(new MemoryTable(), table => new ForgetfulTable(table, n => n with { Probe = null }));
        Assert.NotEqual(newer.Probe, after.Probe);
    }

    [Fact]
    public async Task A_row_that_is_no_lease_keeps_nobody_from_probing()
    {
        await using var peer = ScriptedHttpPeer.Start(ProbeTargets.Healthy);
        using var rig = new MonitorRig(policy: new MonitorPolicy().With(ProbeTargets.Remote("one", peer.Address)));
        foreach (var key in new[] { "l|shard", "s|summary" })
        {
            await rig.Table.CommitAsync([new RowChange.Insert(new Row { Key = new RowKey(Keys.Node(One).Shard, key), Doc = "garbage" })], Now);
        }

        await rig.Table.CommitAsync([new RowChange.Insert(new Row { Key = Keys.Doubt, Doc = "{" })], Now);
        using var monitor = new ProbingMonitor(rig.NewMonitor());

        Assert.IsType<TriggerResult.Done>(await monitor.TickAsync());

        Assert.IsType<ApiAnswer.Answered>((await rig.NodeAsync(One))!.Probe!.Answer);
        Assert.Equal(1, (await Summaries.FindAsync(rig.Table, Keys.Node(One).Shard, Now))!.Value.Total);
    }

    /// <summary>It has all its answers, falls asleep before it stores them, and wakes without knowing that its lease is over.</summary>
    private static async Task<(NodeRecord Newer, NodeRecord After)> SleptAsync(ITable table, Func<ITable, ITable> read)
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Once("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"), ProbeTargets.Healthy);
        using var rig = new MonitorRig(table, new MonitorPolicy().With(ProbeTargets.Remote("one", peer.Address)));
        var asleep = new HeldUpTable(read(table), Keys.Doubt);
        using var first = new ProbingMonitor(rig.NewMonitor() with { Table = asleep, Time = new StoppedTimers(rig.Time) });
        using var second = new ProbingMonitor(rig.NewMonitor());

        var tick = first.TickAsync();
        await asleep.Arrived;
        rig.Time.Advance(TimeSpan.FromSeconds(60));
        await second.TickAsync();
        var newer = await rig.NodeAsync(One);
        Assert.IsType<ApiAnswer.Answered>(newer!.Probe!.Answer);
        rig.Time.Advance(TimeSpan.FromSeconds(5));
        asleep.LetGo();
        await tick;
        return (newer, (await rig.NodeAsync(One))!);
    }
}
