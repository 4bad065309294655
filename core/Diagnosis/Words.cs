namespace MoneroCloud.Core;

/// <summary>Evidence in words, for explanations: units are chosen so that the number stays short.</summary>
internal static class Words
{
    /// <summary>74 s, 12 min, 5 h, 3 d.</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalMinutes: < 2 } => $"{(long)duration.TotalSeconds} s",
        { TotalHours: < 2 } => $"{(long)duration.TotalMinutes} min",
        { TotalDays: < 2 } => $"{(long)duration.TotalHours} h",
        _ => $"{(long)duration.TotalDays} d",
    };

    public static string Milliseconds(TimeSpan duration) => $"{duration.TotalMilliseconds:0.##} ms";

    /// <summary>To the second, in UTC.</summary>
    public static string Time(DateTimeOffset at) => $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC";

    public static string Size(long bytes) => bytes switch
    {
        < 1L << 10 => $"{bytes} B",
        < 1L << 20 => $"{bytes >> 10} KiB",
        < 1L << 30 => $"{bytes >> 20} MiB",
        _ => $"{bytes / (double)(1L << 30):0.#} GiB",
    };

    public static string Version(int version) => $"{version >> 16}.{version & 0xFFFF}";

    public static string Height(long? height) => height is { } known ? $"{known}" : "unknown";

    public static string Port(Uri? url) => url is { IsAbsoluteUri: true } && url.Port > 0 ? $"port {url.Port}" : "its port";

    public static string Process(string? name, int? pid) => (name, pid) switch
    {
        (null, null) => "another process, which may not be read",
        (null, _) => $"the process with pid {pid}",
        (_, null) => name,
        _ => $"{name} (pid {pid})",
    };

    public static string Peers(int count) => count == 1 ? "1 peer" : $"{count} peers";

    public static string Waiting(int connections) => connections == 1 ? "1 connection waits" : $"{connections} connections wait";

    public static string RunState(ProcessRunState state) => state switch
    {
        ProcessRunState.Running => "runnable",
        ProcessRunState.Sleeping => "asleep",
        ProcessRunState.DiskSleep => "in an uninterruptible wait",
        ProcessRunState.Stopped => "stopped",
        _ => "in an unusual state",
    };

    public static string Exit(ProcessExit exit, ExitCause cause)
    {
        var why = cause == ExitCause.Unknown ? "" : $"; {Cause(cause)}";
        return exit switch
        {
            ProcessExit.NeverStarted { Reason: null } => $"was never started{why}",
            ProcessExit.NeverStarted never => $"could not be started ({never.Reason}{why})",
            _ => $"exited ({exit}{why})",
        };
    }

    public static string Cause(ExitCause cause) => cause switch
    {
        ExitCause.PortTaken => "its port was taken",
        ExitCause.WrongPassword => "the wallet password is wrong",
        ExitCause.WalletLocked => "the wallet is open in another program",
        ExitCause.WalletMissing => "the wallet file is missing",
        ExitCause.SaveFailed => "the wallet could not be saved",
        ExitCause.DaemonRefused => "the daemon refused the connection",
        ExitCause.BadFlag => "an option of its command line is not known",
        ExitCause.DiskFull => "the disk is full",
        ExitCause.OutOfMemory => "it ran out of memory",
        _ => "the cause is not known",
    };

    public static string Daemon(DaemonSighting daemon) => daemon switch
    {
        DaemonSighting.Answers => "answers others",
        DaemonSighting.Refuses => "refuses connections",
        DaemonSighting.Silent => "does not answer",
        DaemonSighting.Busy => "works and does not answer",
        _ => "was not asked",
    };

    public static string Work(WorkSighting work)
    {
        string?[] signs =
        [
            work.CpuUsed > TimeSpan.Zero ? $"used {work.CpuUsed.TotalSeconds:0.##} s of CPU" : null,
            work.HeightRise > 0 ? $"rose {work.HeightRise} blocks" : null,
            work.LogGrowth > 0 ? $"wrote {Size(work.LogGrowth)} of log" : null,
        ];
        return $"is working: it {string.Join(", ", signs.OfType<string>())} since the check before";
    }

    /// <summary>What a check got; without bodies, headers and logins.</summary>
    public static string Answer(ApiAnswer answer) => answer switch
    {
        ApiAnswer.Answered answered => $"version {Version(answered.Version)}",
        ApiAnswer.Refused => "a refused connection",
        ApiAnswer.TimedOut timeout => $"no answer within {Duration(timeout.After)}",
        ApiAnswer.Reset => "a reset connection",
        ApiAnswer.Unauthorized => "HTTP status 401",
        ApiAnswer.HttpStatus http => $"HTTP status {http.Status}",
        ApiAnswer.NotJsonRpc other => $"no JSON-RPC ({other.What})",
        ApiAnswer.RpcError error => $"RPC error {error.Code}",
        ApiAnswer.TlsFailed tls => $"a TLS failure ({tls.Reason})",
        ApiAnswer.Unreachable unreachable => $"no route ({unreachable.Reason})",
        ApiAnswer.OwnFailure own => $"a failure on our own side ({own.Reason})",
        _ => "nothing: it was not asked",
    };
}
