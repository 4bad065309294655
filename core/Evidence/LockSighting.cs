using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>Who holds the kernel lock on the declared wallet's <c>.keys</c> file.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NotLooked), "not_looked")]
[JsonDerivedType(typeof(Free), "free")]
[JsonDerivedType(typeof(Declared), "declared")]
[JsonDerivedType(typeof(Orphan), "orphan")]
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
