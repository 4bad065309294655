using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>
/// Checks that were judged, by outcome, and how long the answers took. In a node's record it only rises, until the node is removed or an older
/// program has written its row. Settable, so that what a stored text leaves out keeps its default.
/// </summary>
public sealed record CheckTally
{
    public static CheckTally None { get; } = new();

    /// <summary>Verdicts that speak for Up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Up { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Degraded { get; set; }

    /// <summary>Failures.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Down { get; set; }

    /// <summary>Verdicts that speak for no state: what was asked was not able to tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Unknown { get; set; }

    /// <summary>Of all answers together, in microseconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long LatencyUs { get; set; }

    /// <summary>Answers in each of the <see cref="LatencyClasses"/>, without trailing zeros.</summary>
    public ImmutableArray<long> Latencies { get => field.IsDefault ? [] : field; set; } = [];

    [JsonIgnore]
    public long Checks => Up + Degraded + Down + Unknown;

    /// <summary>Checks that brought an answer.</summary>
    [JsonIgnore]
    public long Answered => Latencies.Sum();

    public CheckTally Add(CheckSample check)
    {
        var counted = check.Outcome switch
        {
            HealthState.Up => this with { Up = Up + 1 },
            HealthState.Degraded => this with { Degraded = Degraded + 1 },
            HealthState.Down => this with { Down = Down + 1 },
            _ => this with { Unknown = Unknown + 1 },
        };
        return check.Latency is { } latency && Microseconds(latency) is var us
            ? counted with { LatencyUs = LatencyUs + us, Latencies = LatencyClasses.Add(Latencies, LatencyClasses.Of(us)) }
            : counted;
    }

    public CheckTally Plus(CheckTally other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new CheckTally
        {
            Up = Up + other.Up,
            Degraded = Degraded + other.Degraded,
            Down = Down + other.Down,
            Unknown = Unknown + other.Unknown,
            LatencyUs = LatencyUs + other.LatencyUs,
            Latencies = LatencyClasses.Plus(Latencies, other.Latencies),
        };
    }

    /// <summary>Never negative, and at most a day: a host may tell anything.</summary>
    internal static long Microseconds(TimeSpan latency) => Math.Clamp((long)latency.TotalMicroseconds, 0, (long)TimeSpan.FromDays(1).TotalMicroseconds);

    /// <summary>By value: an array alone would compare by reference.</summary>
    public bool Equals(CheckTally? other) => other is not null
        && (Up, Degraded, Down, Unknown, LatencyUs) == (other.Up, other.Degraded, other.Down, other.Unknown, other.LatencyUs)
        && Latencies.AsSpan().SequenceEqual(other.Latencies.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Up, Degraded, Down, Unknown, LatencyUs, Latencies.Length);
}
