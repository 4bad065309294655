namespace MoneroCloud.Agent;

/// <summary>How <c>watch</c> shows what it sees.</summary>
internal sealed record WatchOptions
{
    public required TimeSpan Interval { get; init; }

    /// <summary>Only what does not simply work.</summary>
    public bool Failing { get; init; }

    /// <summary>One JSON object a line: each node at first, then each that changed.</summary>
    public bool Json { get; init; }
}
