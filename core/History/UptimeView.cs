using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>How long a node was in each state between two moments, in seconds, and what that makes of its uptime.</summary>
public sealed record UptimeView
{
    /// <summary>The node's id; null in a slice.</summary>
    public string? Node { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required double UpSeconds { get; init; }

    public required double DegradedSeconds { get; init; }

    public required double DownSeconds { get; init; }

    /// <summary>Nobody knew: its agent was silent, the monitor did not run or was in doubt of what it saw, or nothing is kept of that time.</summary>
    public required double UnknownSeconds { get; init; }

    /// <summary>It was not to run.</summary>
    public required double DisabledSeconds { get; init; }

    /// <summary>(up + degraded) / (up + degraded + down), 0 to 1; null where none of these is known.</summary>
    public double? Uptime { get; init; }

    /// <summary>The same of equally long parts, oldest first; null where none were asked for.</summary>
    public ImmutableArray<UptimeView>? Slices { get; init; }

    public static UptimeView Of(DateTimeOffset from, DateTimeOffset to, StateTimes times) => new()
    {
        From = from,
        To = to,
        UpSeconds = times.Up.TotalSeconds,
        DegradedSeconds = times.Degraded.TotalSeconds,
        DownSeconds = times.Down.TotalSeconds,
        UnknownSeconds = times.Unknown.TotalSeconds,
        DisabledSeconds = times.Disabled.TotalSeconds,
        Uptime = times.Uptime,
    };
}
