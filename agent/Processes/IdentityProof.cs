using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Takes hold of exactly one life of one process, or says why not.</summary>
internal abstract record IdentityProof
{
    private static readonly TimeSpan ExecPatience = TimeSpan.FromMilliseconds(20);

    private IdentityProof()
    {
    }

    /// <summary>The process is alive and the one meant. The receiver owns the handle.</summary>
    internal sealed record Held(PidFd PidFd) : IdentityProof;

    internal sealed record Gone : IdentityProof;

    /// <summary>Another process has the pid: another start time or marker.</summary>
    internal sealed record Reused(int Pid) : IdentityProof;

    /// <param name="What">The file that was refused.</param>
    internal sealed record NotPermitted(string What) : IdentityProof;

    /// <summary>
    /// pidfd first, then boot id, state, start time and marker, and the pidfd once more: still silent, so all of it was read
    /// of the one process that the pidfd holds.
    /// </summary>
    internal static IdentityProof Take(ProcessIdentity expected)
    {
        if (expected.BootId != BootId.Current)
        {
            return new Gone();
        }

        if (!PidFd.TryOpen(expected.Pid, out var pidFd, out var error))
        {
            return error == Errno.NoProcess || error == Errno.Invalid ? new Gone() : new NotPermitted($"pidfd_open: {error}");
        }

        var proof = Check(expected, pidFd);
        if (proof is not Held)
        {
            pidFd.Dispose();
        }

        return proof;
    }

    /// <summary>Whether that life is over beyond doubt: what is hidden or refused is not.</summary>
    internal static bool IsOver(ProcessIdentity life)
    {
        var proof = Take(life);
        (proof as Held)?.PidFd.Dispose();
        return proof is Gone or Reused;
    }

    /// <summary>The same where only the pid is known: nobody has it.</summary>
    internal static bool IsFree(int pid)
    {
        if (!PidFd.TryOpen(pid, out var pidFd, out var error))
        {
            return error == Errno.NoProcess || error == Errno.Invalid;
        }

        using (pidFd)
        {
            return pidFd.HasExited;
        }
    }

    /// <summary>The same for a handle that is already held; Held then carries that handle.</summary>
    internal static IdentityProof Check(ProcessIdentity expected, PidFd pidFd)
    {
        var proof = Compare(expected, pidFd);
        return pidFd.HasExited ? new Gone() : proof;
    }

    private static IdentityProof Compare(ProcessIdentity expected, PidFd pidFd) => ProcessReader.Stat(expected.Pid) switch
    {
        ProcRead<ProcStat>.Got(var stat) when stat.HasExited => new Gone(),
        ProcRead<ProcStat>.Got(var stat) when stat.StartTicks != expected.StartTicks => new Reused(expected.Pid),
        ProcRead<ProcStat>.NotPermitted refused => new NotPermitted(refused.File),
        // The pidfd lives and /proc shows nothing: it is hidden (hidepid), not gone.
        ProcRead<ProcStat>.Gone => new NotPermitted($"/proc/{expected.Pid}"),
        _ => expected.Marker is null ? new Held(pidFd) : CompareMarker(expected, pidFd),
    };

    private static IdentityProof CompareMarker(ProcessIdentity expected, PidFd pidFd) => MarkerOf(pidFd) switch
    {
        ProcRead<string?>.Got(var marker) => marker == expected.Marker ? new Held(pidFd) : new Reused(expected.Pid),
        ProcRead<string?>.NotPermitted refused => new NotPermitted(refused.File),
        _ => new Gone(),
    };

    /// <remarks>
    /// posix_spawn returns while the kernel is still laying out the new program: for some microseconds its environment reads as
    /// empty. So no marker at all is asked for again, for a moment.
    /// </remarks>
    private static ProcRead<string?> MarkerOf(PidFd pidFd)
    {
        var marker = ProcessReader.Marker(pidFd.Pid);
        if (marker is ProcRead<string?>.Got(null))
        {
            SpinWait.SpinUntil(() => (marker = ProcessReader.Marker(pidFd.Pid)) is not ProcRead<string?>.Got(null) || pidFd.HasExited, ExecPatience);
        }

        return marker;
    }
}
