namespace MoneroCloud.Core;

/// <summary>Signs of work while no answer comes, and for how long each has been so. All durations are monotonic time.</summary>
public sealed record WorkSighting
{
    /// <summary>Since the last answer of any kind; null while the API answers or was not asked.</summary>
    public TimeSpan? UnansweredFor { get; init; }

    /// <summary>CPU time used since the sighting before.</summary>
    public TimeSpan CpuUsed { get; init; }

    /// <summary>Since CPU, height or log size last moved.</summary>
    public TimeSpan NoProgressFor { get; init; }

    /// <summary>Blocks the wallet or daemon rose since the sighting before.</summary>
    public long HeightRise { get; init; }

    /// <summary>Bytes its log grew since the sighting before.</summary>
    public long LogGrowth { get; init; }

    /// <summary>It has answered at least once in this life.</summary>
    public bool EverAnswered { get; init; }
}
