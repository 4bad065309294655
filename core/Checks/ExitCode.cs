namespace MoneroCloud.Core;

/// <summary>With what the command line ends after a check.</summary>
public static class ExitCode
{
    public const int Working = 0;
    public const int Failed = 1;

    /// <summary>The command line itself was wrong: nothing was checked.</summary>
    public const int Usage = 2;

    public const int Unknown = 3;

    /// <summary>For one node.</summary>
    /// <param name="worked">Usable now: the last diagnosis was Healthy.</param>
    /// <param name="strict"><c>--strict</c>: 1 whenever <paramref name="worked"/> is false, whatever the state.</param>
    public static int Of(HealthState state, bool worked, bool strict) =>
        strict ? (worked ? Working : Failed) : Of(NodeCounts.Of([state]));

    /// <summary>For several nodes: the worst of them counts, Down before Unknown; disabled ones do not, not even with <paramref name="strict"/>.</summary>
    public static int Of(IEnumerable<(HealthState State, bool Worked)> nodes, bool strict)
    {
        var counted = nodes.Where(n => n.State != HealthState.Disabled).ToList();
        return strict ? (counted.All(n => n.Worked) ? Working : Failed) : Of(NodeCounts.Of(counted.Select(n => n.State)));
    }

    private static int Of(NodeCounts counts) => counts switch
    {
        { Failed: > 0 } => Failed,
        { Unknown: > 0 } => Unknown,
        _ => Working,
    };
}
