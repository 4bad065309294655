namespace MoneroCloud.Testing;

/// <summary>One line of a trace, one of its members set. All times are milliseconds since the recording began, monotonic.</summary>
public sealed record TraceLine
{
    public required long T { get; init; }

    /// <summary>The scenario did something.</summary>
    public string? Mark { get; init; }

    public TraceSample? Sample { get; init; }

    /// <summary>
    /// A request that was made at <see cref="T"/> waited so long for its answer, and another one was always under way: the RPC was deaf
    /// meanwhile. -1: no answer came as long as the recording went on. Answers within 100 ms are left out.
    /// </summary>
    public long? Deaf { get; init; }

    public TraceLook? Look { get; init; }
}
