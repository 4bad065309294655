namespace MoneroCloud.Bench;

/// <summary>One kill and what came of it; times are CLOCK_MONOTONIC nanoseconds.</summary>
internal sealed record KillSample
{
    public required string Supervisor { get; init; }

    public required string Child { get; init; }

    public required int Port { get; init; }

    /// <summary>0 when the child was not running at its turn, and so was not killed.</summary>
    public required int KilledPid { get; init; }

    /// <summary>Read just before the signal was sent.</summary>
    public required long KilledAt { get; init; }

    /// <summary>Null while no replacement was seen.</summary>
    public int? NewPid { get; set; }

    /// <summary>From the signal to the look that saw the replacement.</summary>
    public double? SeenMilliseconds { get; set; }

    /// <summary>Between that look and the one before: the most by which <see cref="SeenMilliseconds"/> is too long.</summary>
    public double? LookGapMilliseconds { get; set; }

    /// <summary>From the signal to the replacement's own first reading of the clock; null where the child does not stamp.</summary>
    public double? StampedMilliseconds { get; set; }
}
