namespace MoneroCloud.Core;

/// <summary>Who holds the kernel lock on the declared wallet's <c>.keys</c> file.</summary>
public abstract record LockSighting
{
    private LockSighting()
    {
    }

    public sealed record NotLooked : LockSighting;

    public sealed record Free : LockSighting;

    /// <summary>A process that is declared: this node's own, or another node's.</summary>
    public sealed record Declared : LockSighting;

    /// <summary>A process that nobody declared.</summary>
    public sealed record Orphan(int Pid, string? Name) : LockSighting;
}
