namespace MoneroCloud.Agent;

/// <summary>
/// Starts processes by posix_spawn: own session, no blocked signal, default dispositions, stdin from /dev/null,
/// output appended to a file, no other descriptor. Any number of threads may spawn at once.
/// </summary>
internal static unsafe class Spawner
{
    // Larger than glibc's posix_spawnattr_t (336), posix_spawn_file_actions_t (80) and sigset_t (128).
    private const int AttributesSize = 512;
    private const int ActionsSize = 256;
    private const int SetSize = 256;

    private const int SeekEnd = 2;
    private const short SetSigDef = 0x04;
    private const short SetSigMask = 0x08;
    private const short SetSid = 0x80;

    internal static SpawnResult Spawn(SpawnRequest request)
    {
        string[] paths = [request.Program, request.Folder, request.LogFile, "/dev/null"];
        if (HasNul(paths) || HasNul(request.Arguments) || HasNul(request.Environment))
        {
            return new SpawnResult.Failed($"cannot start {request.Program}: a NUL character in a path, argument or variable");
        }

        using var nativePaths = new NativeStrings(paths);
        var log = FileDescriptor.OpenLog(nativePaths[2]);
        if (log < 0)
        {
            return new SpawnResult.Failed($"cannot open the log {request.LogFile}: {Errno.Last}");
        }

        int pid;
        Errno error;
        var logStart = LibC.Seek(log, 0, SeekEnd);
        try
        {
            using var argv = new NativeStrings([request.Program, .. request.Arguments]);
            using var envp = new NativeStrings([.. request.Environment]);
            error = Spawn(nativePaths, log, argv, envp, out pid);
        }
        finally
        {
            // Closed before the pidfd is opened, so that one descriptor is free for it even at the limit.
            _ = LibC.Close(log);
        }

        return error == Errno.None ? Hold(pid, logStart, request) : new SpawnResult.Failed(Explain(request, error));
    }

    private static Errno Spawn(NativeStrings paths, int log, NativeStrings argv, NativeStrings envp, out int pid)
    {
        var actions = stackalloc byte[ActionsSize];
        var attributes = stackalloc byte[AttributesSize];
        int child = 0;
        var error = LibC.FileActionsInit(actions);
        if (error == 0)
        {
            error = LibC.SpawnAttributesInit(attributes);
            if (error == 0)
            {
                error = FillActions(actions, paths, log);
                error = error != 0 ? error : FillAttributes(attributes);
                error = error != 0 ? error : LibC.PosixSpawn(&child, paths[0], actions, attributes, argv.Pointers, envp.Pointers);
                _ = LibC.SpawnAttributesDestroy(attributes);
            }

            _ = LibC.FileActionsDestroy(actions);
        }

        pid = child;
        return new Errno(error);
    }

    /// <remarks>The log comes first: its descriptor may itself be 0, 1 or 2 when the agent was started with those closed.</remarks>
    private static int FillActions(byte* actions, NativeStrings paths, int log)
    {
        var error = LibC.FileActionsAddDup2(actions, log, 1);
        error = error != 0 ? error : LibC.FileActionsAddDup2(actions, 1, 2);
        error = error != 0 ? error : LibC.FileActionsAddOpen(actions, 0, paths[3], FileDescriptor.ReadOnly, 0);
        error = error != 0 ? error : LibC.FileActionsAddCloseFrom(actions, 3);
        return error != 0 ? error : LibC.FileActionsAddChdir(actions, paths[1]);
    }

    private static int FillAttributes(byte* attributes)
    {
        var set = stackalloc byte[SetSize];
        new Span<byte>(set, SetSize).Clear();
        var error = LibC.SpawnAttributesSetSigMask(attributes, set);
        // Every bit, where sigfillset leaves out the two that glibc keeps for itself: those would end up ignored in the child.
        // The two that cannot be set are passed over.
        new Span<byte>(set, SetSize).Fill(0xFF);
        error = error != 0 ? error : LibC.SpawnAttributesSetSigDefault(attributes, set);
        return error != 0 ? error : LibC.SpawnAttributesSetFlags(attributes, SetSigDef | SetSigMask | SetSid);
    }

    private static SpawnResult Hold(int pid, long logStart, SpawnRequest request)
    {
        // Not yet reaped, and only we can, so the pid still means our child.
        if (PidFd.TryOpen(pid, out var pidFd, out var error))
        {
            return new SpawnResult.Started(pid, pidFd) { LogStart = Math.Max(0, logStart) };
        }

        // No such process: SIGCHLD was ignored after all, the kernel reaped it, and the pid may be another's.
        if (error != Errno.NoProcess)
        {
            Children.Abandon(pid);
        }

        return new SpawnResult.Failed($"cannot hold {request.Program}, pid {pid}: pidfd_open: {error}");
    }

    /// <remarks>posix_spawn does not say which step failed, so the likely one is looked for.</remarks>
    private static string Explain(SpawnRequest request, Errno error)
    {
        var what = error.IsRefusal || error == Errno.NoEntry ? Guess(request) : "";
        return $"cannot start {request.Program}{what}: {error}";
    }

    private static string Guess(SpawnRequest request) =>
        !Directory.Exists(request.Folder) ? $" in the folder {request.Folder}"
        : File.Exists(request.Program) ? ""
        : Directory.Exists(request.Program) ? " (a folder)"
        : " (no such file)";

    private static bool HasNul(IReadOnlyList<string> texts)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i].Contains('\0', StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
