namespace MoneroCloud.Agent;

/// <summary>What became of one spawn.</summary>
internal abstract record SpawnResult
{
    private SpawnResult()
    {
    }

    /// <summary>The program runs (exec has succeeded). The receiver owns the handle.</summary>
    internal sealed record Started(int Pid, PidFd PidFd) : SpawnResult
    {
        /// <summary>The log's size at the spawn: this life's output begins there.</summary>
        internal long LogStart { get; init; }
    }

    /// <param name="Reason">What was attempted and the kernel's error in words. No process is left behind.</param>
    internal sealed record Failed(string Reason) : SpawnResult;
}
