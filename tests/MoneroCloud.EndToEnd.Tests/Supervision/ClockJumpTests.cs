using System.Globalization;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>
/// The wall clock of the real agent jumps by hours, both ways, while it supervises a real wallet: libfaketime stands between it and the
/// kernel's clock. The kernel never sets the monotonic clock, so that one is left as it is.
/// </summary>
public sealed class ClockJumpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wall_clock_that_jumps_by_hours_changes_no_state_and_stops_no_watching()
    {
        await using var agent = AgentUnderTest.Create("clock", new NodeUnderTest("main"));
        var clock = Path.Combine(agent.Folder, "clock");
        Set(clock, TimeSpan.Zero);
        await agent.StartAsync(Cancellation, "env", $"LD_PRELOAD={Library}", $"FAKETIME_TIMESTAMP_FILE={clock}", "FAKETIME_NO_CACHE=1", "DONT_FAKE_MONOTONIC=1");
        var first = await agent.UntilUpAsync("main", Cancellation);
        var transitions = (await agent.EventsAsync("main", Cancellation)).Count(e => e.Transition is not null);

        foreach (var hours in (int[])[7, -9, 0])
        {
            Set(clock, TimeSpan.FromHours(hours));
            var jumped = TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(hours);
            var seen = await agent.UntilAsync("main", s => s.LastCheck is { } at && (at - jumped).Duration() < TimeSpan.FromMinutes(5), Cancellation);
            Assert.Equal((HealthState.Up, Condition.Healthy, first.Pid, 0), (seen.State, seen.Condition, seen.Pid, seen.Restarts));
            Assert.Equal(transitions, (await agent.EventsAsync("main", Cancellation)).Count(e => e.Transition is not null));
        }

        // Set back to before everything it has done so far, it still sees an end at once, and a stop.
        Set(clock, TimeSpan.FromHours(-12));
        await Wallets.ReadyForASecondAsync(agent, "main", Cancellation);
        AgentUnderTest.Send(first.Pid!.Value, Signals.Kill);
        var second = await agent.UntilAsync("main", s => s.Worked && s.Pid != first.Pid, Cancellation);
        Assert.Equal([second.Pid!.Value], agent.ProcessesOf("main"));
        AgentUnderTest.Send(second.Pid.Value, Signals.Stop);
        await agent.UntilAsync(() => agent.Output.Contains($"signal {Signals.Continue} to pid {second.Pid}", StringComparison.Ordinal), "it is continued", Cancellation);
        Assert.Equal(second.Pid, (await agent.UntilUpAsync("main", Cancellation)).Pid);

        // The order of what happened is by number, whatever the clock said.
        var story = await agent.EventsAsync("main", Cancellation);
        var numbers = story.Where(e => e.N is not null).Select(e => e.N).ToArray();
        Assert.Equal(numbers.Order(), numbers);
        Assert.Contains(story.Zip(story.Skip(1)), p => p.First.At > p.Second.At);
    }

    private static string Library { get; } =
        Directory.GetDirectories("/usr/lib", "*-linux-gnu").Select(d => Path.Combine(d, "faketime", "libfaketime.so.1")).First(File.Exists);

    private static void Set(string file, TimeSpan offset)
    {
        // Written beside and renamed, so that it is never read half.
        File.WriteAllText($"{file}.new", $"{offset.TotalSeconds.ToString("+0;-0", CultureInfo.InvariantCulture)}");
        File.Move($"{file}.new", file, overwrite: true);
    }
}
