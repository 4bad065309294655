using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Looks at one process whose identity was proven when its handle was taken.</summary>
internal static class ProcessSightings
{
    /// <summary>
    /// Never waits and never reaps: the exit of a zombie of ours is told as far as it can be read beside. The exit's cause is the
    /// caller's to add (<see cref="ExitCauses"/>), and the time in state T (<see cref="StoppedTimer"/>).
    /// </summary>
    /// <param name="deep">Also what its threads do and wait for, since the main thread of a wallet-rpc sleeps whatever the others do: three times the cost, and of use only while it does not answer.</param>
    internal static ProcessSighting See(ProcessIdentity expected, ProcessHandle pidFd, bool deep = true)
    {
        var read = ProcessReader.Stat(expected.Pid);
        var (waitChannel, threads) = deep ? (WaitChannels.MostTelling(expected.Pid), ThreadStates.MostActive(expected.Pid)) : (null, null);
        if (pidFd.HasExited)
        {
            return new ProcessSighting.Gone(AdoptedExit.TryRead(pidFd), ExitCause.Unknown);
        }

        return read switch
        {
            ProcRead<ProcStat>.Got(var stat) when stat.StartTicks != expected.StartTicks => new ProcessSighting.Reused(expected.Pid),
            ProcRead<ProcStat>.Got(var stat) => new ProcessSighting.Alive
            {
                Identity = expected,
                RunState = stat.RunState == ProcessRunState.Sleeping ? threads ?? stat.RunState : stat.RunState,
                Age = ClockTicks.AgeOf(stat.StartTicks),
                WaitChannel = waitChannel,
            },
            ProcRead<ProcStat>.NotPermitted refused => new ProcessSighting.NotPermitted(refused.File),
            _ => new ProcessSighting.NotPermitted($"/proc/{expected.Pid}"),
        };
    }

    /// <summary>The same without a handle, by a full proof of the identity: for a command line without an agent.</summary>
    internal static ProcessSighting See(ProcessIdentity expected)
    {
        switch (IdentityProof.Take(expected))
        {
            case IdentityProof.Held(var pidFd):
                using (pidFd)
                {
                    return See(expected, pidFd);
                }

            case IdentityProof.Reused(var pid):
                return new ProcessSighting.Reused(pid);
            case IdentityProof.NotPermitted(var what):
                return new ProcessSighting.NotPermitted(what);
            default:
                return new ProcessSighting.Gone(new ProcessExit.Unknown(), ExitCause.Unknown);
        }
    }
}
