namespace MoneroCloud.Agent;

/// <summary>Who holds a write lock on a file.</summary>
internal abstract record LockHolder
{
    private LockHolder()
    {
    }

    /// <summary>Nobody; or there is no such file.</summary>
    internal sealed record Free : LockHolder;

    internal sealed record Held(int Pid, string? Name) : LockHolder;

    /// <summary>Somebody holds it, and /proc does not tell who.</summary>
    internal sealed record Hidden : LockHolder;
}
