using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>
/// An hour or a day of a node as it is summed up and stored. The time in each state is what was known when it was folded in; time that is in
/// none of them is unknown. Settable, so that what a stored text leaves out keeps its default.
/// </summary>
public sealed record RollupBucket
{
    /// <summary>The hour's or day's begin, in seconds since 1970, UTC.</summary>
    public required long Start { get; set; }

    /// <summary>
    /// From when on it was summed up, in milliseconds since 1970, by the monitor's clock. Where that was set back, or a node was removed and came again, an
    /// hour has several parts, each stored by itself: none is written over.
    /// </summary>
    public required long Began { get; set; }

    /// <summary>Which part it was of all that were begun since the node's record was made: a clock may show the same moment twice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Number { get; set; }

    public CheckTally Checks { get; set; } = CheckTally.None;

    /// <summary>The shortest latency of an answer in microseconds; 0 without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long MinUs { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long MaxUs { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long UpMs { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long DegradedMs { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long DownMs { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long DisabledMs { get; set; }

    [JsonIgnore]
    public DateTimeOffset From => DateTimeOffset.FromUnixTimeSeconds(Start);

    /// <summary>False for a stored text with a begin that no calendar has.</summary>
    [JsonIgnore]
    public bool IsOfAnyTime => Start >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && Start <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    [JsonIgnore]
    public bool IsEmpty => Checks.Checks == 0 && UpMs + DegradedMs + DownMs + DisabledMs == 0;

    internal static RollupBucket New(RollupSpan span, DateTimeOffset at, long number = 0) =>
        new() { Start = span.StartOf(at).ToUnixTimeSeconds(), Began = at.ToUnixTimeMilliseconds(), Number = number };

    internal RollupBucket With(CheckSample check)
    {
        var counted = this with { Checks = Checks.Add(check) };
        return check.Latency is { } latency && CheckTally.Microseconds(latency) is var us
            ? counted with { MinUs = Checks.Answered == 0 ? us : Math.Min(MinUs, us), MaxUs = Math.Max(MaxUs, us) }
            : counted;
    }

    internal RollupBucket With(HealthState state, long milliseconds) => state switch
    {
        HealthState.Up => this with { UpMs = UpMs + milliseconds },
        HealthState.Degraded => this with { DegradedMs = DegradedMs + milliseconds },
        HealthState.Down => this with { DownMs = DownMs + milliseconds },
        HealthState.Disabled => this with { DisabledMs = DisabledMs + milliseconds },
        _ => this,
    };

    /// <summary>Both together; the begin is this one's.</summary>
    internal RollupBucket Plus(RollupBucket other) => this with
    {
        Checks = Checks.Plus(other.Checks),
        MinUs = Checks.Answered == 0 ? other.MinUs : other.Checks.Answered == 0 ? MinUs : Math.Min(MinUs, other.MinUs),
        MaxUs = Math.Max(MaxUs, other.MaxUs),
        UpMs = UpMs + other.UpMs,
        DegradedMs = DegradedMs + other.DegradedMs,
        DownMs = DownMs + other.DownMs,
        DisabledMs = DisabledMs + other.DisabledMs,
    };

    /// <summary>What is known of so long a time. Where a clock was set back some of it passed twice: then the shares are right, and the sum is not more than there was.</summary>
    internal StateTimes Times(TimeSpan length)
    {
        var known = new StateTimes(Span(UpMs), Span(DegradedMs), Span(DownMs), TimeSpan.Zero, Span(DisabledMs));
        return known.Total > length ? known.Times(length / known.Total) : known with { Unknown = length - known.Total };

        static TimeSpan Span(long milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
    }
}
