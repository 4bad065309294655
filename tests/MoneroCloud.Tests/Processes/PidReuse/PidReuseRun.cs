using System.Globalization;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests;

/// <summary>Ends a node, gives its pid to a stranger, and goes every way by which the agent reaches a process.</summary>
internal sealed class PidReuseRun
{
    private const string LastPid = "/proc/sys/kernel/ns_last_pid";

    /// <summary>The runtime's own threads take pids, too.</summary>
    private const int Tries = 50;

    /// <summary>A process that got the signal is gone by then.</summary>
    private static readonly TimeSpan Dying = TimeSpan.FromMilliseconds(2);

    private readonly string _folder = TestRun.NewFolder("reuse");

    public PidReuseTally Run(int reuses, CancellationToken cancellation)
    {
        var tally = new PidReuseTally();
        while (tally.Reuses < reuses)
        {
            cancellation.ThrowIfCancellationRequested();
            tally = One(tally, cancellation);
        }

        return tally;
    }

    private PidReuseTally One(PidReuseTally tally, CancellationToken cancellation)
    {
        var node = Spawn($"host.main:0123456789abcdef:{tally.Reuses:x16}");
        var identity = IdentityOf(node.Pid, $"host.main:0123456789abcdef:{tally.Reuses:x16}");
        using var process = new SupervisedProcess(identity, node.PidFd, adopted: false, TimeSpan.Zero, logStart: 0);
        End(node.PidFd);

        if (SpawnAt(node.Pid) is not { } stranger)
        {
            return tally; // A thread of ours was faster, every time.
        }

        using (stranger)
        {
            var sameTicks = Stat(stranger.Pid).StartTicks == identity.StartTicks;
            var taken = IsTakenForTheNode(process);
            process.Signal(Signals.Terminate);
            process.Signal(Signals.Kill);
            _ = node.PidFd.TrySignal(Signals.Kill);
            var signalled = SpinWait.SpinUntil(() => stranger.HasExited, Dying);

            // The control: the same signal to the pid by its number ends the stranger.
            var fooled = LibC.Kill(identity.Pid, Signals.Terminate) == 0 && SpinWait.SpinUntil(() => stranger.HasExited, TimeSpan.FromSeconds(5));
            End(stranger);
            return new PidReuseTally
            {
                Reuses = tally.Reuses + 1,
                Signalled = tally.Signalled + (signalled ? 1 : 0),
                TakenForTheNode = tally.TakenForTheNode + (taken ? 1 : 0),
                FooledByPid = tally.FooledByPid + (fooled ? 1 : 0),
                FooledByStartTime = tally.FooledByStartTime + (sameTicks ? 1 : 0),
            };
        }
    }

    /// <summary>By the handle it holds, by what a next agent finds in the journal, and by what a command line without an agent does.</summary>
    private static bool IsTakenForTheNode(SupervisedProcess process)
    {
        var proof = IdentityProof.Take(process.Identity);
        (proof as IdentityProof.Held)?.PidFd.Dispose();
        return proof is IdentityProof.Held
            || !IdentityProof.IsOver(process.Identity)
            || process.See() is ProcessSighting.Alive
            || ProcessSightings.See(process.Identity) is ProcessSighting.Alive;
    }

    private PidFd? SpawnAt(int pid)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            File.WriteAllText(LastPid, (pid - 1).ToString(CultureInfo.InvariantCulture));
            var stranger = Spawn($"host.other:0123456789abcdef:{tries:x16}");
            if (stranger.Pid == pid)
            {
                return stranger.PidFd;
            }

            End(stranger.PidFd);
            stranger.PidFd.Dispose();
        }

        return null;
    }

    private SpawnResult.Started Spawn(string marker) => (SpawnResult.Started)Spawner.Spawn(new SpawnRequest
    {
        Program = "/bin/sleep",
        Arguments = ["300"],
        Environment = [$"{Names.InstanceVariable}={marker}", $"{TestRun.MarkVariable}={TestRun.Mark}"],
        Folder = _folder,
        LogFile = Path.Combine(_folder, "log"),
    });

    private static void End(PidFd process)
    {
        _ = process.TrySignal(Signals.Kill);
        SpinWait.SpinUntil(() => Children.TryReap(process) is not null);
    }

    private static ProcessIdentity IdentityOf(int pid, string marker) => new(BootId.Current, pid, Stat(pid).StartTicks, marker);

    private static ProcStat Stat(int pid) => ((ProcRead<ProcStat>.Got)ProcessReader.Stat(pid)).Value;
}
