using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>How a process ended, as far as the kernel told.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Exited), "exited")]
[JsonDerivedType(typeof(Killed), "killed")]
[JsonDerivedType(typeof(Unknown), "unknown")]
[JsonDerivedType(typeof(NeverStarted), "never_started")]
public abstract record ProcessExit
{
    private ProcessExit()
    {
    }

    public sealed record Exited(int Code) : ProcessExit
    {
        public override string ToString() => $"code {Code}";
    }

    /// <param name="Signal">The signal's number, 1 to 64.</param>
    public sealed record Killed(int Signal) : ProcessExit
    {
        public override string ToString() => $"signal {Signal}";
    }

    /// <summary>An adopted process, on a kernel that tells only the parent.</summary>
    public sealed record Unknown : ProcessExit
    {
        public override string ToString() => "code unknown: it was adopted";
    }

    /// <summary>It was never started, or could not be.</summary>
    /// <param name="Reason">Why, in words; null when no start was tried.</param>
    public sealed record NeverStarted(string? Reason) : ProcessExit
    {
        public override string ToString() => Reason is null ? "never started" : $"could not be started: {Reason}";
    }
}
