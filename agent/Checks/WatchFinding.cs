namespace MoneroCloud.Agent;

/// <summary>What a look for the process of a watched node found.</summary>
internal abstract record WatchFinding
{
    private WatchFinding()
    {
    }

    /// <summary>The one that is known is still it.</summary>
    public sealed record Same : WatchFinding;

    /// <summary>A life that is not known yet. The receiver owns it.</summary>
    public sealed record Another(WatchedProcess Process) : WatchFinding;

    /// <param name="Why">Where was looked, and what was there.</param>
    /// <param name="UnitFailed">systemd has given the unit up.</param>
    public sealed record Nothing(string Why, bool UnitFailed) : WatchFinding;
}
