using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>When an agent is called silent, to the second, and by whom.</summary>
public sealed class SilentAgentTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_three_periods_and_not_a_moment_before_all_of_it_is_one_write(bool sqlite)
    {
        await using var tables = await TestTables.OpenAsync(sqlite);
        using var rig = new MonitorRig(tables.Table);
        var agent = await ReportedAsync(rig, "home", "a", "b", "c");
        agent.Nodes[2].Order("disable");
        await rig.TakeAsync(agent);

        rig.Time.Advance(TimeSpan.FromSeconds(180));
        Assert.Equal(0, await SweepAsync(rig, listening: TimeSpan.FromHours(1)));
        rig.Time.Advance(Second);
        Assert.Equal(1, await SweepAsync(rig, listening: TimeSpan.FromHours(1)));
        Assert.Equal(0, await SweepAsync(rig, listening: TimeSpan.FromHours(1)));

        Assert.Equal(rig.Time.GetUtcNow(), (await rig.AgentAsync(agent.Name)).SilentSince);
        await rig.DeliverAsync();
        Assert.Equal(["home AgentSilent"], rig.Told);
        Assert.Equal([false, false, false], (await rig.RowsAsync(Keys.Nodes)).Select(r => r.Worked));
        var flag = Documents.Read((await rig.Table.ReadAsync(Keys.NotUpOf("home"), Now))!, MonitorJson.Default.NotUp).Value;
        Assert.Equal((true, 2), (flag.Agent, flag.Nodes));

        agent.Now = rig.Time.GetUtcNow();
        await rig.TakeAsync(agent);
        await rig.DeliverAsync();
        Assert.Equal(["home AgentSilent", "home AgentBack"], rig.Told);
        Assert.Null(await rig.Table.ReadAsync(Keys.NotUpOf("home"), Now));
        Assert.Null((await rig.AgentAsync(agent.Name)).SilentSince);
    }

    [Theory]
    [InlineData(180, 0)]
    [InlineData(181, 1)]
    public async Task Only_by_a_monitor_that_has_listened_for_so_long(int listening, int silent)
    {
        using var rig = new MonitorRig();
        await ReportedAsync(rig, "home", "a");
        rig.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(silent, await SweepAsync(rig, TimeSpan.FromSeconds(listening)));
    }

    [Fact]
    public async Task An_agent_that_never_reported_is_silent_from_its_enrolment_on()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        await rig.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Empty(rig.Told);
        await rig.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["home AgentSilent"], rig.Told);
    }

    [Fact]
    public async Task One_that_reports_in_that_moment_is_not_called_silent()
    {
        using var rig = new MonitorRig();
        var agent = await ReportedAsync(rig, "home", "a");
        rig.Time.Advance(TimeSpan.FromMinutes(10));
        var table = new HeldUpTable(rig.Table, Keys.Node(agent.Node.Id));
        var monitor = rig.NewMonitor() with { Table = table };

        // It was read as silent; its report is stored before the sweep writes.
        var sweep = new SilentAgents(monitor, new Dispatcher(monitor)).SweepAsync(Keys.Agent(agent.Name).Shard, DateTimeOffset.UnixEpoch, Now);
        await table.Arrived;
        agent.Now = rig.Time.GetUtcNow();
        agent.Node.Healthy();
        await rig.TakeAsync(agent);
        table.LetGo();

        Assert.Equal(0, await sweep);
        Assert.Null((await rig.AgentAsync(agent.Name)).SilentSince);
        Assert.True((await rig.RowsAsync(Keys.Nodes)).Single().Worked);
        Assert.Empty(await rig.RowsAsync(Keys.Outbox));
    }

    [Fact]
    public async Task A_sweep_that_died_in_the_middle_is_made_up_for_by_the_next()
    {
        using var rig = new MonitorRig();
        var agent = await ReportedAsync(rig, "home", "a", "b");
        rig.Time.Advance(TimeSpan.FromMinutes(10));
        var calls = 0;
        var dying = rig.NewMonitor() with { Table = new TableOutages(rig.Table, () => rig.AgentAsync(agent.Name).GetAwaiter().GetResult().SilentSince is not null && ++calls > 0) };

        await Assert.ThrowsAsync<StorageUnavailableException>(() => new SilentAgents(dying, new Dispatcher(dying)).SweepAsync(Keys.Agent(agent.Name).Shard, DateTimeOffset.UnixEpoch, Now));
        Assert.All(await rig.RowsAsync(Keys.Nodes), r => Assert.True(r.Worked));

        await rig.PassAsync(TimeSpan.FromSeconds(30));
        Assert.All(await rig.RowsAsync(Keys.Nodes), r => Assert.False(r.Worked));
        Assert.Equal(["home AgentSilent"], rig.Told);
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_are_named_and_keep_nobody_from_being_looked_after()
    {
        using var log = new LinesLog();
        using var rig = new MonitorRig();
        var (home, other) = (await ReportedAsync(rig, "home", "a", "b"), await ReportedAsync(rig, "other", "c"));
        var garbage = new Row { Key = new RowKey(Keys.Agent(other.Name).Shard, "a|garbage"), Doc = "{\"name\":\"UPPER\"}" };
        await rig.Table.CommitAsync([new RowChange.Put(garbage)], Now);
        await rig.Table.CommitAsync([new RowChange.Put(new Row { Key = Keys.Node(home.Nodes[0].Id), Doc = "[]", Worked = true })], Now);
        rig.Time.Advance(TimeSpan.FromMinutes(10));
        await rig.Table.CommitAsync([new RowChange.Put(new Row { Key = Keys.SweepMark, Doc = "x" })], Now);
        var sweep = rig.Sweep(rig.NewMonitor() with { Logs = log.Factory });
        for (var i = 0; i < 5; i++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(60));
            Assert.IsType<TriggerResult.Done>(await sweep.InvokeAsync(new TriggerCall.Timer(false, null), Now));
        }

        await rig.DeliverAsync();
        Assert.Equal(["home AgentSilent", "other AgentSilent"], rig.Told.Order(StringComparer.Ordinal));
        Assert.False((await rig.Table.ReadAsync(Keys.Node(home.Nodes[1].Id), Now))!.Worked);
        Assert.Equal("[]", (await rig.Table.ReadAsync(Keys.Node(home.Nodes[0].Id), Now))!.Doc);
        Assert.All([$"{garbage.Key}", $"{Keys.Node(home.Nodes[0].Id)}", $"{Keys.SweepMark}"], key => Assert.Contains(log.Lines, l => l.Contains(key, StringComparison.Ordinal)));
    }

    private static async Task<SimulatedAgent> ReportedAsync(MonitorRig rig, string name, params string[] nodes)
    {
        var agent = new SimulatedAgent(NodeName.Parse(name), rig.Time.GetUtcNow(), nodes);
        await rig.EnrolAsync(agent.Name);
        for (var i = 0; i < 2; i++)
        {
            agent.Nodes.ForEach(n => n.Healthy());
            agent.Now += Second;
        }

        agent.Now = rig.Time.GetUtcNow();
        await rig.TakeAsync(agent);
        return agent;
    }

    private static async Task<int> SweepAsync(MonitorRig rig, TimeSpan listening)
    {
        var monitor = rig.NewMonitor();
        var turned = 0;
        foreach (var shard in Shard.All)
        {
            turned += await new SilentAgents(monitor, new Dispatcher(monitor)).SweepAsync(shard, monitor.Now - listening, Now);
        }

        return turned;
    }
}
