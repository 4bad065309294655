using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Who restarts what is frozen, blocked or hung: the monitor, for as long as the agent is enrolled and hears of it; else the agent. Asked by all
/// nodes' loops, told by the connection to the monitor.
/// </summary>
internal sealed class RemedyDuty
{
    private volatile Followed? _followed;

    public RemedyActor Actor => _followed is { } followed && followed.Standing.Silence().For < followed.Patience() ? RemedyActor.Monitor : RemedyActor.Agent;

    /// <param name="period">Between two reports, as the monitor named it: it acks no more often.</param>
    public static TimeSpan Patience(LinkPolicy policy, TimeSpan period) =>
        (policy.ReportPeriod ?? period) * 3 is var reports && reports > policy.ActAloneAfter ? reports : policy.ActAloneAfter;

    /// <param name="standing">When the monitor was heard last; else when the connection to it began.</param>
    /// <param name="patience">How long it may be silent.</param>
    public void Follow(MonitorStanding standing, Func<TimeSpan> patience) => _followed = new Followed(standing, patience);

    /// <summary>That connection is over; one that came after it stays.</summary>
    public void Forget(MonitorStanding standing)
    {
        if (_followed is { } followed && followed.Standing == standing)
        {
            Interlocked.CompareExchange(ref _followed, null, followed);
        }
    }

    private sealed record Followed(MonitorStanding Standing, Func<TimeSpan> Patience);
}
