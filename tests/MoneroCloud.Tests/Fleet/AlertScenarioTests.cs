using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests.Fleet;

/// <summary>What people are told of a node, and what stands in its row meanwhile, from the report to the channel.</summary>
public sealed class AlertScenarioTests
{
    private static readonly NodeEvidence LoginRejected = Given.Wallet with { Api = new ApiAnswer.Unauthorized(false) };

    private static readonly NodeEvidence LoginRejectedAndDiskLow = LoginRejected with { Disk = new DiskSighting(1, 1L << 40) };

    [Fact]
    public async Task A_node_that_its_agent_brings_back_within_the_grace_is_told_of_once_and_as_restarted()
    {
        using var scenario = await Scenario.BeginAsync();

        await scenario.AfterAsync(1, n => n.Kill());
        await scenario.MustBeAsync(HealthState.Down, Condition.Exited, worked: false);
        await scenario.AfterAsync(2, n => n.Spawn());
        await scenario.MustBeAsync(HealthState.Unknown, Condition.Starting, worked: false);
        await scenario.AfterAsync(20);
        Assert.Empty(scenario.Told);
        await scenario.RecoverAsync();
        await scenario.AfterAsync(600);

        Assert.Equal([AlertKind.Restarted], scenario.Told);
    }

    [Fact]
    public async Task One_that_stays_away_is_told_of_after_the_grace_of_30_s_and_again_when_it_works()
    {
        using var scenario = await Scenario.BeginAsync();

        await scenario.AfterAsync(1, n => n.Kill());
        await scenario.AfterAsync(29);
        Assert.Empty(scenario.Told);
        await scenario.AfterAsync(1);
        Assert.Equal([AlertKind.Down], scenario.Told);
        await scenario.AfterAsync(600);
        await scenario.AfterAsync(1, n => n.Spawn());
        await scenario.MustBeAsync(HealthState.Unknown, Condition.Starting, worked: false);
        await scenario.RecoverAsync();
        await scenario.AfterAsync(600);

        Assert.Equal([AlertKind.Down, AlertKind.Recovered], scenario.Told);
    }

    [Fact]
    public async Task One_that_nobody_starts_any_more_is_told_of_at_once()
    {
        using var scenario = await Scenario.BeginAsync();

        await scenario.AfterAsync(1, n => n.Kill());
        await scenario.AfterAsync(2, n => n.OpenBreaker());
        Assert.Equal([AlertKind.Down], scenario.Told);
        await scenario.MustBeAsync(HealthState.Down, Condition.Exited, worked: false);
        await scenario.AfterAsync(600, n => n.Spawn());
        await scenario.RecoverAsync();

        Assert.Equal([AlertKind.Down, AlertKind.Recovered], scenario.Told);
    }

    [Fact]
    public async Task A_note_on_a_node_that_is_degraded_already_is_told_once()
    {
        using var scenario = await Scenario.BeginAsync();

        await scenario.AfterAsync(10, n => n.Observe(LoginRejected));
        await scenario.MustBeAsync(HealthState.Up, Condition.AuthRejected, worked: false);
        await scenario.AfterAsync(10, n => n.Observe(LoginRejected));
        Assert.Equal([AlertKind.Degraded], scenario.Told);
        foreach (var evidence in new[] { LoginRejectedAndDiskLow, LoginRejectedAndDiskLow, LoginRejected, LoginRejectedAndDiskLow })
        {
            await scenario.AfterAsync(10, n => n.Observe(evidence));
            await scenario.MustBeAsync(HealthState.Degraded, Condition.AuthRejected, worked: false);
        }

        Assert.Equal([AlertKind.Degraded, AlertKind.Noted], scenario.Told);
        await scenario.RecoverAsync();
        Assert.Equal([AlertKind.Degraded, AlertKind.Noted, AlertKind.Recovered], scenario.Told);
    }

    [Fact]
    public async Task What_an_operator_stops_and_starts_is_not_told()
    {
        using var scenario = await Scenario.BeginAsync();

        await scenario.AfterAsync(1, n => n.Order("stop"));
        await scenario.AfterAsync(1, n => n.Kill(15, expected: true));
        await scenario.AfterAsync(10, n => n.Healthy());
        await scenario.MustBeAsync(HealthState.Disabled, Condition.StoppedByOperator, worked: false);
        await scenario.AfterAsync(600);
        await scenario.AfterAsync(1, n => n.Order("start"));
        await scenario.AfterAsync(1, n => n.Spawn());
        await scenario.RecoverAsync();
        await scenario.AfterAsync(600);

        Assert.Empty(scenario.Told);
    }

    [Fact]
    public async Task What_an_operator_restarts_is_not_told()
    {
        using var scenario = await Scenario.BeginAsync();

        await scenario.AfterAsync(1, n => n.Order("restart"));
        await scenario.AfterAsync(1, n => n.Kill(15, expected: true));
        await scenario.MustBeAsync(HealthState.Down, Condition.Exited, worked: false);
        await scenario.AfterAsync(1, n => n.Spawn());
        await scenario.RecoverAsync();
        await scenario.AfterAsync(600);

        Assert.Empty(scenario.Told);
    }

    [Fact]
    public async Task Of_answers_that_come_and_go_nothing_is_told()
    {
        using var scenario = await Scenario.BeginAsync();
        for (var i = 0; i < 20; i++)
        {
            await scenario.AfterAsync(10, n => n.Hung());
            await scenario.MustBeAsync(HealthState.Up, Condition.Hung, worked: false);
            await scenario.AfterAsync(10, n => n.Healthy());
            await scenario.MustBeAsync(HealthState.Up, Condition.Healthy, worked: true);
        }

        Assert.Empty(scenario.Told);
    }

    [Fact]
    public async Task Of_outages_that_come_and_go_each_is_told_once_and_its_end_once()
    {
        using var scenario = await Scenario.BeginAsync();
        for (var i = 0; i < 3; i++)
        {
            await scenario.AfterAsync(10, n => n.Hung());
            await scenario.AfterAsync(10, n => n.Hung());
            await scenario.MustBeAsync(HealthState.Down, Condition.Hung, worked: false);
            await scenario.AfterAsync(10, n => n.Hung());
            await scenario.RecoverAsync();
        }

        Assert.Equal(Enumerable.Repeat(new[] { AlertKind.Down, AlertKind.Recovered }, 3).SelectMany(k => k), scenario.Told);
    }

    [Fact]
    public async Task A_node_that_is_killed_again_and_again_and_brought_back_each_time_is_told_of_once_each_time()
    {
        using var scenario = await Scenario.BeginAsync();
        for (var i = 0; i < 3; i++)
        {
            await scenario.AfterAsync(20, n => n.Kill());
            await scenario.AfterAsync(1, n => n.Spawn());
            await scenario.RecoverAsync();
        }

        await scenario.AfterAsync(600);
        Assert.Equal(Enumerable.Repeat(AlertKind.Restarted, 3), scenario.Told);
    }

    [Fact]
    public async Task A_save_that_failed_at_the_end_of_a_life_is_told_once_though_the_next_life_begins()
    {
        using var scenario = await Scenario.BeginAsync();
        await scenario.AfterAsync(20, n =>
        {
            n.Kill(signal: 15, expected: true, cause: ExitCause.SaveFailed);
            n.Spawn();
            n.Observe(Given.Wallet with { SaveFailed = true });
        });
        await scenario.AfterAsync(20, n => n.Observe(Given.Wallet with { SaveFailed = true }));
        await scenario.AfterAsync(600);

        Assert.Single(scenario.Told, AlertKind.Noted);
    }

    [Fact]
    public async Task Whichever_report_shows_a_note_first_it_is_told_once()
    {
        foreach (var order in new[] { "012", "021", "102", "120", "201", "210", "0011", "2200", "1020" })
        {
            Assert.Equal(1, await NotesToldAsync(order, table => table));
        }
    }

    [Fact]
    public async Task Catches_a_monitor_that_forgets_which_notes_it_has_told() =>
        Assert.True(await NotesToldAsync("012", table => new ForgetfulTable(table, n => n with { Notes = [] })) > 1);

    /// <summary>Three reports of a degraded node, each with another observation that shows the note; delivered in that order.</summary>
    private static async Task<int> NotesToldAsync(string order, Func<Functions.ITable, Functions.ITable> table)
    {
        using var scenario = await Scenario.BeginAsync();
        await scenario.AfterAsync(10, n => n.Observe(LoginRejected));
        await scenario.AfterAsync(10, n => n.Observe(LoginRejected));
        scenario.Rig.Table = table(scenario.Rig.Table);
        var reports = new List<Report>();
        for (var i = 0; i < 3; i++)
        {
            scenario.Agent.Now += TimeSpan.FromSeconds(10);
            scenario.Node.Observe(LoginRejectedAndDiskLow);
            reports.Add(scenario.Agent.Report());
        }

        foreach (var which in order)
        {
            await scenario.Rig.TakeAsync(reports[which - '0']);
        }

        await scenario.Rig.PassAsync(TimeSpan.FromMinutes(1));
        return scenario.Told.Count(k => k == AlertKind.Noted);
    }
}
