using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>
/// What of a node's roll-ups is not in rows of its own yet. It stands in the node's record, so that one atomic write takes a check in and writes
/// what it closes: nothing is counted twice or lost, whatever is repeated or ends in the middle. Changed only by <see cref="RollupFold"/>.
/// </summary>
public sealed record NodeRollups
{
    /// <summary>Time in each state is summed up until then, in milliseconds since 1970, by the monitor's clock.</summary>
    public required long At { get; set; }

    /// <summary>The hour that runs.</summary>
    public required RollupBucket Hour { get; set; }

    /// <summary>The hours of the day that are over; null before the first is.</summary>
    public RollupBucket? Day { get; set; }

    /// <summary>Hours that are over and wait for the minute at which this node's are written.</summary>
    public ImmutableArray<RollupBucket> Hours { get => field.IsDefault ? [] : field; set; } = [];

    /// <summary>Days that are over, likewise.</summary>
    public ImmutableArray<RollupBucket> Days { get => field.IsDefault ? [] : field; set; } = [];

    [JsonIgnore]
    public bool IsWaiting => !Hours.IsEmpty || !Days.IsEmpty;

    /// <summary>All that is not in rows yet, as far as it is summed up, in parts of that span.</summary>
    internal IEnumerable<RollupBucket> Parts(RollupSpan span) => span == RollupSpan.Hour
        ? [.. Hours, Hour]
        : [.. Days, .. Day is { } day ? new[] { day } : [], Hour with { Start = RollupSpan.Day.StartOf(Hour.From).ToUnixTimeSeconds() }];
}
