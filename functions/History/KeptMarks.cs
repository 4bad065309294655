using System.Collections.Concurrent;

namespace MoneroCloud.Functions;

/// <summary>
/// Reads them once a minute, for pages that show a past up to the begin of that minute: what is written later in it is of later, but for a silence that was
/// noticed late, and that one is in the agent's record.
/// </summary>
internal sealed class KeptMarks(Monitor monitor) : IMarks
{
    private const int Most = 1_000;

    private readonly MarkReader _reader = new(monitor);
    private readonly ConcurrentDictionary<(string Subject, DateTimeOffset? SilentSince), (long Minute, SubjectMarks Marks)> _known = new();

    public async Task<SubjectMarks> ReadAsync(string subject, DateTimeOffset? silentSince, CancellationToken cancellation)
    {
        var minute = monitor.Now.UtcTicks / TimeSpan.TicksPerMinute;
        if (_known.TryGetValue((subject, silentSince), out var known) && known.Minute == minute)
        {
            return known.Marks;
        }

        var marks = await _reader.ReadAsync(subject, silentSince, cancellation);
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        _known[(subject, silentSince)] = (minute, marks);
        return marks;
    }
}
