using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Fleet;

/// <summary>What an agent tells long after it happened is in the history with its own times, and is no storm of alerts.</summary>
public sealed class LateTellingTests
{
    private const int Outages = 14;

    private static readonly AlertKind[] OneNotice = [AlertKind.AgentSilent, AlertKind.AgentBack, AlertKind.LateEvents];

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(4)]
    public async Task An_hour_cut_off_is_told_with_one_notice_and_exact_times(int mostEvents)
    {
        using var scenario = await Scenario.BeginAsync();
        var happened = CutOff(scenario, dies: false);
        await scenario.Rig.PassAsync(TimeSpan.FromSeconds((Outages * 180) + 960));

        await TellAsync(scenario, mostEvents);

        Assert.Equal(OneNotice, scenario.Told.Order());
        var late = scenario.Rig.Notifier.Sent.Single(s => s.Alert.Kind == AlertKind.LateEvents).Alert;
        Assert.StartsWith($"{happened.Length} events between ", late.Text, StringComparison.Ordinal);
        Assert.Equal(happened, await HistoryAsync(scenario));
        await scenario.MustBeAsync(HealthState.Up, Condition.Healthy, worked: true);
        TestContext.Current.TestOutputHelper!.WriteLine($"{happened.Length} events of {Outages} outages: {scenario.Told.Length} alerts");
    }

    [Fact]
    public async Task What_is_still_so_is_alerted_once_as_it_is_now()
    {
        using var scenario = await Scenario.BeginAsync();
        CutOff(scenario, dies: true);
        await scenario.Rig.PassAsync(TimeSpan.FromSeconds((Outages * 180) + 960));

        await TellAsync(scenario, mostEvents: 5);
        await scenario.AfterAsync(60);

        Assert.Equal(OneNotice.Prepend(AlertKind.Down), scenario.Told.Order());
        await scenario.MustBeAsync(HealthState.Down, Condition.Exited, worked: false);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task That_it_works_again_is_told_however_late_to_whoever_was_told_that_it_failed(bool sweeps, bool degraded)
    {
        using var scenario = await Scenario.BeginAsync();
        await scenario.AfterAsync(1, n => n.Kill());
        await scenario.AfterAsync(60);
        Assert.Equal([AlertKind.Down], scenario.Told);

        // Nothing gets through for half an hour: of the agent, or because the monitor is stopped.
        scenario.Agent.Now += TimeSpan.FromMinutes(5);
        scenario.Node.Spawn();
        for (var i = 0; i < 3 && degraded; i++)
        {
            scenario.Agent.Now += TimeSpan.FromSeconds(10);
            scenario.Node.Observe(Given.Wallet with { Api = new ApiAnswer.Unauthorized(false) });
        }

        scenario.Agent.Now += TimeSpan.FromSeconds(2);
        scenario.Node.Healthy();
        scenario.Agent.Now += TimeSpan.FromSeconds(2);
        scenario.Node.Healthy();
        scenario.Agent.Now += TimeSpan.FromMinutes(25);
        if (sweeps)
        {
            await scenario.Rig.PassAsync(TimeSpan.FromMinutes(30));
        }
        else
        {
            scenario.Rig.Time.Advance(TimeSpan.FromMinutes(30));
        }

        await TellAsync(scenario, mostEvents: int.MaxValue);
        await scenario.AfterAsync(60);

        Assert.Equal(degraded, (await scenario.Rig.HistoryAsync(scenario.Node.Id.ToString())).Any(e => e.Transition is { To: HealthState.Degraded, ToCondition: Condition.AuthRejected }));
        Assert.Equal(1, scenario.Told.Count(k => k == AlertKind.Recovered));
        Assert.Equal(1, scenario.Told.Count(k => k == AlertKind.Down));
        await scenario.MustBeAsync(HealthState.Up, Condition.Healthy, worked: true);
    }

    [Fact]
    public async Task A_report_that_waited_an_hour_in_its_queue_tells_of_the_past_too()
    {
        using var scenario = await Scenario.BeginAsync();
        scenario.Node.Kill();
        scenario.Node.Spawn();
        scenario.Agent.Now += TimeSpan.FromSeconds(2);
        scenario.Node.Healthy();
        var report = scenario.Rig.Signed(scenario.Agent.Report());
        var sent = scenario.Rig.Time.GetUtcNow();
        scenario.Rig.Time.Advance(TimeSpan.FromHours(1));

        await scenario.Rig.TakeAsync(report, sent);
        await scenario.Rig.DeliverAsync();

        Assert.Equal([AlertKind.LateEvents], scenario.Told);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_by_hours_is_no_past()
    {
        using var scenario = await Scenario.BeginAsync();
        scenario.Agent.Now -= TimeSpan.FromHours(5);
        var killed = scenario.Agent.Now.AddSeconds(1);

        await scenario.AfterAsync(1, n => n.Kill());
        await scenario.AfterAsync(60);
        Assert.Equal([AlertKind.Down], scenario.Told);
        await scenario.AfterAsync(1, n => n.Spawn());
        await scenario.RecoverAsync();

        Assert.Equal([AlertKind.Down, AlertKind.Recovered], scenario.Told);
        Assert.Equal(killed, Assert.Single(await scenario.Rig.HistoryAsync(scenario.Node.Id.ToString()), e => e.Fact is NodeFact.Exited).At);
        Assert.Equal(TimeSpan.FromHours(-5), Rounded((await scenario.Rig.AgentAsync(MonitorRig.Home)).Skew()));
    }

    [Fact]
    public async Task An_hour_cut_off_with_the_clock_set_back_meanwhile_loses_nothing()
    {
        using var scenario = await Scenario.BeginAsync();
        var first = CutOff(scenario, dies: false);
        scenario.Agent.Now -= TimeSpan.FromHours(3);
        var second = CutOff(scenario, dies: false);
        await scenario.Rig.PassAsync(TimeSpan.FromHours(2));

        await TellAsync(scenario, mostEvents: 7);

        Assert.Equal(first.Concat(second).Order(), (await HistoryAsync(scenario)).Order());
        Assert.Equal(1, scenario.Told.Count(k => k == AlertKind.LateEvents));
        await scenario.MustBeAsync(HealthState.Up, Condition.Healthy, worked: true);
    }

    [Fact]
    public async Task A_journal_that_was_lost_meanwhile_loses_what_was_in_it_and_nothing_else()
    {
        using var scenario = await Scenario.BeginAsync();
        CutOff(scenario, dies: false);
        scenario.Agent.LoseJournal();
        var second = CutOff(scenario, dies: false);
        await scenario.Rig.PassAsync(TimeSpan.FromHours(2));

        await TellAsync(scenario, mostEvents: 7);

        Assert.Equal(second, await HistoryAsync(scenario));
        Assert.Equal(OneNotice, scenario.Told.Order());
        await scenario.MustBeAsync(HealthState.Up, Condition.Healthy, worked: true);
    }

    /// <summary>Outages every three minutes, of which no report gets through; the times of its exits and starts, by the agent's clock.</summary>
    private static (DateTimeOffset At, string What)[] CutOff(Scenario scenario, bool dies)
    {
        var happened = new List<(DateTimeOffset, string)>();
        var agent = scenario.Agent;
        for (var i = 0; i < Outages; i++)
        {
            agent.Now += TimeSpan.FromSeconds(150);
            scenario.Node.Kill();
            happened.Add((agent.Now, nameof(NodeFact.Exited)));
            if (dies && i == Outages - 1)
            {
                break;
            }

            agent.Now += TimeSpan.FromSeconds(10);
            scenario.Node.Spawn();
            happened.Add((agent.Now, nameof(NodeFact.Spawned)));
            agent.Now += TimeSpan.FromSeconds(20);
            agent.Add(scenario.Node.Name, new NodeFact.WalletOpened(i));
            happened.Add((agent.Now, nameof(NodeFact.WalletOpened)));
        }

        agent.Now += TimeSpan.FromMinutes(16);
        return [.. happened];
    }

    /// <summary>The agent reaches its monitor again: what waits, then the present twice.</summary>
    private static async Task TellAsync(Scenario scenario, int mostEvents)
    {
        scenario.Node.Healthy();
        scenario.Agent.Now += TimeSpan.FromSeconds(2);
        scenario.Node.Healthy();
        for (var more = true; more;)
        {
            scenario.Agent.Now += TimeSpan.FromSeconds(1);
            var report = scenario.Agent.Report(mostEvents);
            Assert.IsType<TriggerResult.Done>(await scenario.Rig.TakeAsync(report));
            await scenario.Rig.DeliverAsync();
            scenario.Agent.TakeAcks(scenario.Rig.Bus.AcksTo(MonitorRig.Home));
            more = report.More;
        }
    }

    private static async Task<(DateTimeOffset At, string What)[]> HistoryAsync(Scenario scenario) =>
    [
        .. (await scenario.Rig.HistoryAsync(scenario.Node.Id.ToString()))
            .Where(e => e.Fact is NodeFact.Exited or NodeFact.Spawned or NodeFact.WalletOpened)
            .Select(e => (e.At, e.Fact!.GetType().Name)),
    ];

    private static TimeSpan Rounded(TimeSpan skew) => TimeSpan.FromHours(Math.Round(skew.TotalHours));
}
