using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What counts as work in a silence, and how soon a hang is confirmed.</summary>
public sealed class SilentWorkTests
{
    private readonly VirtualTime _time = new();
    private readonly WorkMeter _meter;

    public SilentWorkTests()
    {
        _meter = new WorkMeter(new AgentClock(_time));
        _meter.Begin(TimeSpan.Zero, 0, TimeSpan.Zero);
    }

    [Fact]
    public void What_was_done_before_the_first_request_without_an_answer_is_no_work_in_that_silence()
    {
        Look(seconds: 10, Given.Wallet.Api, askedCpu: 100, cpu: 100);
        var work = Look(seconds: 25, Given.TimedOut, askedCpu: 900, cpu: 900);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15)), (work.CpuUsed, work.NoProgressFor, work.UnansweredFor));
    }

    [Fact]
    public void What_is_done_while_it_is_silent_is_work_also_between_two_requests()
    {
        Look(seconds: 10, Given.Wallet.Api, askedCpu: 100, cpu: 100);
        Assert.Equal(TimeSpan.FromMilliseconds(300), Look(seconds: 25, Given.TimedOut, askedCpu: 200, cpu: 500).CpuUsed);
        var work = Look(seconds: 31, Given.TimedOut, askedCpu: 900, cpu: 900);
        Assert.Equal((TimeSpan.FromMilliseconds(400), TimeSpan.Zero), (work.CpuUsed, work.NoProgressFor));
    }

    [Fact]
    public void Only_the_look_that_confirms_a_hang_has_a_shorter_deadline()
    {
        var health = Health.Unseen(Given.Now);
        Assert.Equal(CheckPolicy.Default.RpcDeadline, CheckPace.Deadline(health, CheckPolicy.Default));
        var hung = health with { Streak = new Streak(HealthState.Down, Condition.Hung, 1, Given.Now) };
        Assert.Equal(CheckPolicy.Default.FastPeriod, CheckPace.Deadline(hung, CheckPolicy.Default));
        Assert.Equal(
            TimeSpan.FromSeconds(1), CheckPace.Deadline(hung, CheckPolicy.Default with { RpcDeadline = TimeSpan.FromSeconds(1) }));
    }

    private WorkSighting Look(int seconds, ApiAnswer answer, int askedCpu, int cpu)
    {
        _meter.Ask(TimeSpan.FromMilliseconds(askedCpu), 0);
        _time.MoveTo(seconds * 1000);
        return _meter.Measure(TimeSpan.FromMilliseconds(cpu), 0, Given.Wallet with { Api = answer }).Work;
    }
}
