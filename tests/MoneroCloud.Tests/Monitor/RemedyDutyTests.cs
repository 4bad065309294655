using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Who restarts what hangs: the monitor for as long as it is heard, else the agent.</summary>
public sealed class RemedyDutyTests
{
    [Fact]
    public async Task An_agent_without_a_monitor_restarts_by_itself()
    {
        await using var agent = new EnrolledAgent();

        Assert.Equal(RemedyActor.Agent, agent.Duty.Actor);
    }

    [Fact]
    public async Task The_monitor_is_waited_for_until_it_has_been_silent_for_five_minutes_and_again_from_its_next_ack_on()
    {
        await using var agent = new EnrolledAgent();
        agent.Begin();
        Assert.Equal((RemedyActor.Monitor, RemedyActor.Monitor), (agent.Duty.Actor, agent.Status.Restarts));

        agent.Time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal(RemedyActor.Monitor, agent.Duty.Actor);
        agent.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((RemedyActor.Agent, RemedyActor.Agent), (agent.Duty.Actor, agent.Status.Restarts));

        agent.Bus.Put(agent.Signed(new EventPosition(1, 0)));
        await agent.PassUntilAsync(() => agent.Duty.Actor == RemedyActor.Monitor);
        agent.Time.Advance(TimeSpan.FromSeconds(301));
        Assert.Equal(RemedyActor.Agent, agent.Duty.Actor);
    }

    [Fact]
    public async Task The_end_of_the_connection_makes_it_the_agents_again()
    {
        var agent = new EnrolledAgent().Begin();
        Assert.Equal(RemedyActor.Monitor, agent.Duty.Actor);

        await agent.DisposeAsync();

        Assert.Equal(RemedyActor.Agent, agent.Duty.Actor);
    }

    [Theory]
    [InlineData(null, 60, 300)]
    [InlineData(null, 600, 1_800)]
    [InlineData(120, 60, 360)]
    [InlineData(1, 60, 300)]
    public void An_agent_that_reports_seldom_is_patient_for_three_reports(int? own, int named, int seconds)
    {
        var policy = new LinkPolicy { ReportPeriod = own is { } period ? TimeSpan.FromSeconds(period) : null };

        Assert.Equal(TimeSpan.FromSeconds(seconds), RemedyDuty.Patience(policy, TimeSpan.FromSeconds(named)));
    }
}
