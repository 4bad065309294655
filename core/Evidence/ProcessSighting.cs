using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>What the host saw of the node's process.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NotLooked), "not_looked")]
[JsonDerivedType(typeof(NotPermitted), "not_permitted")]
[JsonDerivedType(typeof(Alive), "alive")]
[JsonDerivedType(typeof(Gone), "gone")]
[JsonDerivedType(typeof(Reused), "reused")]
public abstract record ProcessSighting
{
    private ProcessSighting()
    {
    }

    /// <summary>Nobody on the host looked: a remote node, or a check that asked for less.</summary>
    public sealed record NotLooked : ProcessSighting;

    /// <summary>/proc refused. Shown as such, never taken for "absent".</summary>
    /// <param name="What">The file that was refused.</param>
    public sealed record NotPermitted(string What) : ProcessSighting;

    /// <summary>The identity is alive.</summary>
    public sealed record Alive : ProcessSighting
    {
        public required ProcessIdentity Identity { get; init; }

        public required ProcessRunState RunState { get; init; }

        /// <summary>Time since the process was started.</summary>
        public required TimeSpan Age { get; init; }

        /// <summary>What <c>/proc/PID/wchan</c> names, or null where it is 0 or refused.</summary>
        public string? WaitChannel { get; init; }

        /// <summary>How long the process has been in state T; null when it is not.</summary>
        public TimeSpan? StoppedFor { get; init; }
    }

    /// <summary>The identity is gone, a zombie or dead; or it never was.</summary>
    public sealed record Gone(ProcessExit Exit, ExitCause Cause) : ProcessSighting
    {
        /// <summary>The pid of the life that ended; null when it never was, or is not known.</summary>
        public int? Pid { get; init; }

        /// <summary>When the next start is due; null when none is planned (breaker open, or an operator's start is needed).</summary>
        public DateTimeOffset? NextStart { get; init; }
    }

    /// <summary>Another process has the pid now: another start time or marker.</summary>
    public sealed record Reused(int Pid) : ProcessSighting;
}
