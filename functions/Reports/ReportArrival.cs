using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>When a report came.</summary>
/// <param name="ReceivedAt">By the monitor's clock.</param>
/// <param name="ToldAt">
/// The same moment by the agent's clock: when the report was made, and how long it waited in its queue. Events are old or new by this, so
/// that an agent's wrong clock is not taken for old news.
/// </param>
internal sealed record ReportArrival(DateTimeOffset ReceivedAt, DateTimeOffset ToldAt)
{
    /// <param name="enqueuedAt">By the bus's clock; null when it did not say.</param>
    public static ReportArrival Of(Report report, DateTimeOffset? enqueuedAt, DateTimeOffset now) =>
        new(now, report.At + (enqueuedAt is { } since && since < now ? now - since : TimeSpan.Zero));
}
