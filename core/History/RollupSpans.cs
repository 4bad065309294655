namespace MoneroCloud.Core;

/// <summary>Hours and days of UTC.</summary>
internal static class RollupSpans
{
    public static TimeSpan Length(this RollupSpan span) => span == RollupSpan.Hour ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1);

    /// <summary>When the hour or day of a moment began.</summary>
    public static DateTimeOffset StartOf(this RollupSpan span, DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % span.Length().Ticks), TimeSpan.Zero);

    /// <summary>The begin of the first hour or day that began at a moment or after it.</summary>
    public static DateTimeOffset FirstFrom(this RollupSpan span, DateTimeOffset at) => span.StartOf(at) is var start && start == at ? at : start + span.Length();
}
