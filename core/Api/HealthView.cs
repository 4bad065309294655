namespace MoneroCloud.Core;

/// <summary>
/// What <c>GET /api/health</c> answers: counts only, open to everybody. <c>total = working + failed + unknown</c>. With 200 when
/// <see cref="MonitorStatus.Healthy"/>, else with 503.
/// </summary>
public sealed record HealthView
{
    public required MonitorStatus Status { get; init; }

    /// <summary>Up or degraded.</summary>
    public int Working { get; init; }

    /// <summary>Those of <see cref="Working"/> that work with a flaw.</summary>
    public int Degraded { get; init; }

    public int Failed { get; init; }

    public int Unknown { get; init; }

    public int Total { get; init; }

    /// <summary>When these counts were read, by the monitor's clock; null while nothing could be read yet.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>When the oldest shard was last gone through; null while one has not been.</summary>
    public DateTimeOffset? TickedAt { get; init; }

    /// <summary>More than was counted is wrong: failed and unknown are lower bounds. Null when all was counted.</summary>
    public bool? Truncated { get; init; }

    /// <summary>Of a closed list: <c>storage</c>, <c>ticks</c>, <c>import</c> (only a part of what is imported is there yet), <c>configuration</c>. Null when there is nothing to say.</summary>
    public string? Reason { get; init; }
}
