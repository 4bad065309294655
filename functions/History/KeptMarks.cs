using System.Collections.Concurrent;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Keeps them for the pages that show a past up to the begin of a minute. An agent's are those that were read for as long as its record says that no silence began or ended since; all others are read
/// once a minute: that the monitor itself did not run, noticed late in it, is shown with the next one.
/// </summary>
internal sealed class KeptMarks(Monitor monitor) : IMarks
{
    private const int Most = 1_000;

    /// <summary>Also an agent's are read again then: an import may have brought others.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly MarkReader _reader = new(monitor);
    private readonly ConcurrentDictionary<string, Kept> _known = new(StringComparer.Ordinal);

    public async Task<SubjectMarks> ReadAsync(string subject, AgentRecord? agent, CancellationToken cancellation)
    {
        var (now, standing) = (monitor.Now, agent is null ? default : new Standing(agent.EnrolledAt, agent.SilentSince, agent.SpokeAgainAt));
        if (_known.TryGetValue(subject, out var kept) && kept.Standing == standing && (agent is null ? MinuteOf(now) == MinuteOf(kept.At) : (now - kept.At).Duration() < Longest))
        {
            return kept.Marks;
        }

        var marks = await _reader.ReadAsync(subject, agent, cancellation);
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        _known[subject] = new Kept(standing, now, marks);
        return marks;
    }

    private static long MinuteOf(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMinute;

    private readonly record struct Standing(DateTimeOffset EnrolledAt, DateTimeOffset? SilentSince, DateTimeOffset? SpokeAgainAt);

    private sealed record Kept(Standing Standing, DateTimeOffset At, SubjectMarks Marks);
}
