using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What an agent does with a restart that the monitor wants by itself: its own newest check has the last word.</summary>
public sealed class AutomaticOrderTests
{
    private static readonly ProcessPhase Ready = new ProcessPhase.Ready(TimeSpan.Zero);

    private static readonly DesiredState Runs = new DesiredState.Running();

    [Theory]
    [InlineData(Condition.Stopped)]
    [InlineData(Condition.OutputBlocked)]
    [InlineData(Condition.Hung)]
    [InlineData(Condition.PortClosed)]
    public void It_is_carried_out_where_the_agent_finds_the_same(Condition condition)
    {
        Assert.IsType<AutomaticOrder.Begin>(AutomaticOrder.Judge(Ready, null, Runs, Health(condition)));
        Assert.IsType<AutomaticOrder.Begin>(AutomaticOrder.Judge(new ProcessPhase.Starting(TimeSpan.Zero), null, Runs, Health(condition)));
    }

    [Fact]
    public void It_is_refused_with_the_reason_where_the_node_answers_again()
    {
        Refused("the newest check says otherwise: Healthy: it is Healthy", Ready, Runs, Health(Condition.Healthy, Remedy.None, HealthState.Up));

        // Not confirmed yet, or not any more.
        var hung = Health(Condition.Hung);
        Refused("the newest check says otherwise: Healthy: it is Healthy", Ready, Runs, hung with { Last = Health(Condition.Healthy, Remedy.None, HealthState.Up).Last });
        Refused("the newest check says otherwise: Hung: it is Hung", Ready, Runs, hung with { State = HealthState.Up, Condition = Condition.Healthy });
        Refused("the newest check says otherwise: Hung: it is Hung", Ready, Runs, hung with { State = HealthState.Degraded });
        Refused("it has not been looked at since the agent was started", Ready, Runs, Core.Health.Unseen(Given.Now));
    }

    [Theory]
    [InlineData(Condition.Busy, Remedy.Wait)]
    [InlineData(Condition.WaitingForDaemon, Remedy.AlertOnDaemon)]
    [InlineData(Condition.PortTaken, Remedy.Alert)]
    [InlineData(Condition.Stopped, Remedy.Continue)]
    [InlineData(Condition.Exited, Remedy.Restart)]
    public void It_is_refused_for_whatever_else_the_agent_finds(Condition condition, Remedy remedy) =>
        Refused($"the newest check says otherwise: {condition}: it is {condition}", Ready, Runs, Health(condition, remedy));

    [Fact]
    public void It_closes_no_breaker()
    {
        var breaker = new BreakerStanding { State = BreakerState.Open, Since = Given.Now, Why = "5 starts in 10 min", NextTry = Given.Now.AddMinutes(10) };
        var refused = Assert.IsType<AutomaticOrder.Refuse>(AutomaticOrder.Judge(new ProcessPhase.Broken(TimeSpan.Zero), breaker, Runs, Health(Condition.Hung)));

        Assert.Equal("its breaker is open since 2025-01-15 10:30:45 UTC (5 starts in 10 min); one start is tried at 2025-01-15 10:40:45 UTC", refused.Reason);
    }

    [Fact]
    public void It_is_refused_where_an_operator_has_stopped_the_node_or_no_process_runs()
    {
        Refused("alice has stopped it", Ready, new DesiredState.Stopped("alice", Given.Now), Health(Condition.Hung));
        Refused("no process runs; the agent starts it by itself", new ProcessPhase.BackingOff(TimeSpan.Zero), Runs, Health(Condition.Hung));
        Refused("no process runs; the agent starts it by itself", new ProcessPhase.Stopped(), Runs, Health(Condition.Hung));
    }

    [Fact]
    public void A_restart_that_is_on_its_way_is_followed_and_none_is_begun() =>
        Assert.IsType<AutomaticOrder.Follow>(AutomaticOrder.Judge(new ProcessPhase.Stopping(ThenStart: true), null, Runs, Health(Condition.Hung)));

    private static void Refused(string reason, ProcessPhase phase, DesiredState desired, Health health) =>
        Assert.Equal(new AutomaticOrder.Refuse(reason), AutomaticOrder.Judge(phase, null, desired, health));

    private static Health Health(Condition condition, Remedy remedy = Remedy.Restart, HealthState state = HealthState.Down) => HungNode.Of(condition, remedy, state).Health;
}
