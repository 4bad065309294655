using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ProcessSightingsTests
{
    private static readonly string Marker = $"test.node:{Guid.NewGuid():N}:1";

    [Fact]
    public void A_living_process_is_seen_with_state_age_and_wait_channel()
    {
        using var child = TestChild.Sleeping();
        SpinWait.SpinUntil(() => WaitChannels.MostTelling(child.Pid)?.Contains("sleep", StringComparison.Ordinal) == true, TimeSpan.FromSeconds(10));
        var identity = Identity(child);
        var alive = Assert.IsType<ProcessSighting.Alive>(ProcessSightings.See(identity, child.PidFd));
        Assert.Equal((identity, ProcessRunState.Sleeping), (alive.Identity, alive.RunState));
        Assert.InRange(alive.Age, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Contains("nanosleep", alive.WaitChannel, StringComparison.Ordinal);
        Assert.Equal(alive with { Age = default }, ((ProcessSighting.Alive)ProcessSightings.See(identity)) with { Age = default });
    }

    [Fact]
    public void A_stopped_process_is_stopped_and_for_how_long()
    {
        var time = new FakeTimeProvider();
        var timer = new StoppedTimer(time);
        using var child = TestChild.Sleeping();
        var identity = Identity(child);
        Assert.Equal(Errno.None, child.PidFd.TrySignal(Signals.Stop));
        SpinWait.SpinUntil(() => See() is ProcessSighting.Alive { RunState: ProcessRunState.Stopped }, TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.Zero, (See() as ProcessSighting.Alive)?.StoppedFor);
        time.Advance(TimeSpan.FromSeconds(7));
        var stopped = Assert.IsType<ProcessSighting.Alive>(See());
        Assert.Equal((TimeSpan.FromSeconds(7), "do_signal_stop"), (stopped.StoppedFor, stopped.WaitChannel));
        Assert.Equal(Errno.None, child.PidFd.TrySignal(Signals.Continue));
        SpinWait.SpinUntil(() => See() is ProcessSighting.Alive { RunState: ProcessRunState.Sleeping }, TimeSpan.FromSeconds(10));
        Assert.Null((See() as ProcessSighting.Alive)?.StoppedFor);

        ProcessSighting See() => timer.Track(ProcessSightings.See(identity, child.PidFd));
    }

    [Fact]
    public void A_zombie_is_gone_with_its_exit_and_so_is_a_reaped_one()
    {
        using var child = TestChild.Bash("exit 5");
        var identity = Identity(child);
        TestChild.AwaitExit(child.PidFd);
        Assert.Equal(new ProcessSighting.Gone(new ProcessExit.Exited(5), ExitCause.Unknown), ProcessSightings.See(identity, child.PidFd));
        Assert.IsType<ProcessSighting.Gone>(ProcessSightings.See(identity));
        child.Await();
        Assert.IsType<ProcessSighting.Gone>(ProcessSightings.See(identity, child.PidFd));
        Assert.IsType<ProcessSighting.Gone>(ProcessSightings.See(identity));
    }

    [Fact]
    public void Another_start_time_or_marker_is_another_process()
    {
        using var child = Marked();
        var identity = Identity(child) with { Marker = Marker };
        Assert.IsType<ProcessSighting.Alive>(ProcessSightings.See(identity));
        var reused = new ProcessSighting.Reused(child.Pid);
        Assert.Equal(reused, ProcessSightings.See(identity with { StartTicks = identity.StartTicks - 1 }));
        Assert.Equal(reused, ProcessSightings.See(identity with { Marker = Marker + "0" }));
        Assert.Equal(reused, ProcessSightings.See(identity with { StartTicks = identity.StartTicks + 1 }, child.PidFd));
    }

    [Fact]
    public void A_process_of_another_boot_is_gone()
    {
        using var child = TestChild.Sleeping();
        var identity = Identity(child) with { BootId = "00000000-0000-0000-0000-000000000000" };
        Assert.IsType<ProcessSighting.Gone>(ProcessSightings.See(identity));
    }

    [Fact]
    public void What_proc_refuses_is_not_permitted_and_never_gone()
    {
        var root = new ProcessIdentity(BootId.Current, 1, Assert.IsType<ProcRead<ProcStat>.Got>(ProcessReader.Stat(1)).Value.StartTicks, "x.y:z:1");
        var seen = TestNative.AsNobody(() => ProcessSightings.See(root));
        Assert.Equal(new ProcessSighting.NotPermitted("/proc/1/environ"), seen);
        Assert.Equal(new ProcRead<string>.NotPermitted("/proc/1/exe"), TestNative.AsNobody(() => ProcessReader.Executable(1)));
    }

    [Fact]
    public void A_process_that_never_was_is_gone()
    {
        Assert.IsType<ProcRead<ProcStat>.Gone>(ProcessReader.Stat(4_194_304));
        Assert.IsType<ProcRead<string?>.Gone>(ProcessReader.Marker(4_194_304));
        Assert.IsType<ProcessSighting.Gone>(ProcessSightings.See(new ProcessIdentity(BootId.Current, 4_194_304, 1, null)));
    }

    internal static ProcessIdentity Identity(TestChild child) =>
        new(BootId.Current, child.Pid, Assert.IsType<ProcRead<ProcStat>.Got>(ProcessReader.Stat(child.Pid)).Value.StartTicks, null);

    private static TestChild Marked() =>
        TestChild.Start(TestChild.Request("/bin/sleep", "300") with { Environment = [$"{Names.InstanceVariable}={Marker}"] });
}
