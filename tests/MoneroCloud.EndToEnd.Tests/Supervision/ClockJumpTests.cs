using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The wall clock of an agent jumps by hours, both ways, while it supervises a real wallet. The agent runs in the test's own process, which is how it gets that clock.</summary>
public sealed class ClockJumpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wall_clock_that_jumps_by_hours_changes_no_state_and_stops_no_watching()
    {
        await using var agent = AgentUnderTest.Create("clock", new NodeUnderTest("main"));
        var time = new ShiftedTime();
        var source = new AgentConfigSource(agent.ConfigFile);
        var running = new AgentRun(source, ((ConfigResult.Ok)source.Read()).Config, time).RunAsync();
        var first = await agent.UntilUpAsync("main", Cancellation);
        var transitions = await TransitionsAsync(agent);

        foreach (var hours in (int[])[7, -9, 0])
        {
            time.Shift = TimeSpan.FromHours(hours);
            var jumped = time.GetUtcNow();
            var seen = await agent.UntilAsync("main", s => s.LastCheck is { } at && (at - jumped).Duration() < TimeSpan.FromMinutes(5), Cancellation);
            Assert.Equal((HealthState.Up, Condition.Healthy, first.Pid, 0), (seen.State, seen.Condition, seen.Pid, seen.Restarts));
            Assert.Equal(transitions, await TransitionsAsync(agent));
        }

        // Set back to before everything it has done so far, it still sees an end at once, and a stop.
        await Wallets.ReadyForASecondAsync(agent, "main", Cancellation);
        time.Shift = TimeSpan.FromHours(-12);
        AgentUnderTest.Send(first.Pid!.Value, Signals.Kill);
        var second = await agent.UntilAsync("main", s => s.Worked && s.Pid != first.Pid, Cancellation);
        Assert.Equal([second.Pid!.Value], agent.ProcessesOf("main"));
        AgentUnderTest.Send(second.Pid.Value, Signals.Stop);
        var continued = false;
        while (!continued)
        {
            continued = (await agent.EventsAsync("main", Cancellation)).Any(e => e.Fact is NodeFact.Signalled { Signal: Signals.Continue } s && s.Pid == second.Pid);
        }

        Assert.Equal(second.Pid, (await agent.UntilUpAsync("main", Cancellation)).Pid);

        // The order of what happened is by number, whatever the clock said.
        var story = await agent.EventsAsync("main", Cancellation);
        var numbers = story.Where(e => e.N is not null).Select(e => e.N).ToArray();
        Assert.Equal(numbers.Order(), numbers);
        Assert.Contains(story.Zip(story.Skip(1)), p => p.First.At > p.Second.At);

        await agent.OrderAsync(ControlVerb.Down, null, Cancellation);
        Assert.Equal(0, await running.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancellation));
        Assert.Empty(agent.ProcessesOf("main"));
    }

    private static async Task<int> TransitionsAsync(AgentUnderTest agent) => (await agent.EventsAsync("main", Cancellation)).Count(e => e.Transition is not null);
}
