using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What counts as progress, on a real process that uses its CPU a tick at a time; only the time between the looks is made up.</summary>
public sealed class WorkMeterTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly AgentClock _clock;
    private readonly WorkMeter _meter;

    public WorkMeterTests()
    {
        _clock = new AgentClock(_time);
        _meter = new WorkMeter(_clock);
    }

    [Fact]
    public void A_process_that_gets_a_tick_between_looks_a_quarter_of_a_second_apart_makes_progress() =>
        Assert.InRange(QuietAfter(looks: 16, apart: TimeSpan.FromSeconds(0.25)), TimeSpan.Zero, TimeSpan.FromSeconds(1));

    [Fact]
    public void A_tick_in_ten_seconds_is_housekeeping_and_no_progress() =>
        Assert.InRange(QuietAfter(looks: 8, apart: TimeSpan.FromSeconds(10)), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(80));

    [Fact]
    public void A_process_that_was_not_asked_because_nobody_listens_is_silent_since_its_start()
    {
        using var child = TestChild.Sleeping();
        var process = Supervised(child);
        var evidence = Given.Wallet with { Api = new ApiAnswer.NotAsked(), Port = new PortSighting.Nobody() };
        _time.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(TimeSpan.FromSeconds(7), _meter.Measure(process, evidence, child.Log).Work.UnansweredFor);
        Assert.Null(_meter.Measure(process, evidence with { Port = new PortSighting.Own(0) }, child.Log).Work.UnansweredFor);
    }

    private TimeSpan QuietAfter(int looks, TimeSpan apart)
    {
        using var child = TestChild.Bash("while :; do for ((i = 0; i < 1000; i++)); do :; done; sleep 0.02; done");
        var process = Supervised(child);
        var quiet = _meter.Measure(process, Given.Silent(1), child.Log).Work.NoProgressFor;
        for (var look = 0; look < looks; look++)
        {
            var before = Ticks(child);
            Assert.True(SpinWait.SpinUntil(() => Ticks(child) > before, TimeSpan.FromSeconds(20)));
            _time.Advance(apart);
            quiet = _meter.Measure(process, Given.Silent(1), child.Log).Work.NoProgressFor;
        }

        return quiet;
    }

    private SupervisedProcess Supervised(TestChild child) =>
        new(new ProcessIdentity(BootId.Current, child.Pid, Stat(child).StartTicks, null), child.PidFd, adopted: false, _clock.Now, logStart: 0);

    private static long Ticks(TestChild child) => Stat(child).CpuTicks;

    private static ProcStat Stat(TestChild child) => Assert.IsType<ProcRead<ProcStat>.Got>(ProcessReader.Stat(child.Pid)).Value;
}
