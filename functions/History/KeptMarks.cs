using System.Collections.Concurrent;

namespace MoneroCloud.Functions;

/// <summary>
/// Reads them once a minute, for pages that show a past up to the begin of that minute. What is noticed late in it, a silence or that the monitor itself did not run,
/// is shown with the next one.
/// </summary>
internal sealed class KeptMarks(Monitor monitor) : IMarks
{
    private const int Most = 200;

    private readonly MarkReader _reader = new(monitor);
    private volatile Minute _known = new(0);

    public async Task<SubjectMarks> ReadAsync(string subject, DateTimeOffset? silentSince, CancellationToken cancellation)
    {
        var minute = monitor.Now.UtcTicks / TimeSpan.TicksPerMinute;
        var known = _known;
        if (known.Number != minute || known.Marks.Count >= Most)
        {
            _known = known = new Minute(minute);
        }

        if (known.Marks.TryGetValue((subject, silentSince), out var marks))
        {
            return marks;
        }

        return known.Marks[(subject, silentSince)] = await _reader.ReadAsync(subject, silentSince, cancellation);
    }

    private sealed class Minute(long number)
    {
        public long Number => number;

        public ConcurrentDictionary<(string Subject, DateTimeOffset? SilentSince), SubjectMarks> Marks { get; } = new();
    }
}
