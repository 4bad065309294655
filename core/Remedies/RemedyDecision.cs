namespace MoneroCloud.Core;

/// <summary>Whether the monitor restarts a node by itself.</summary>
internal abstract record RemedyDecision
{
    private RemedyDecision()
    {
    }

    /// <summary>Nothing is to be restarted, or somebody else does it.</summary>
    public sealed record NotWanted : RemedyDecision
    {
        public static NotWanted Instance { get; } = new();
    }

    /// <summary>It was ordered, and is not over.</summary>
    public sealed record InFlight : RemedyDecision
    {
        public static InFlight Instance { get; } = new();
    }

    /// <summary>Wanted, and something is in the way; it is asked again with the next report.</summary>
    public sealed record Held(string Reason) : RemedyDecision;

    /// <summary>To be ordered, if the fleet's budget allows it.</summary>
    /// <param name="Identity">The life that is meant.</param>
    /// <param name="Try">Which one in a row.</param>
    /// <param name="DownDaemon">The daemon that the node shares with others, where it is down; null else.</param>
    public sealed record Wanted(ProcessIdentity Identity, AutomaticReason Reason, int Try, string? DownDaemon) : RemedyDecision;
}
