namespace MoneroCloud.Functions;

/// <summary>
/// Sign-ins that failed, counted by the minute: whoever floods the form with keys makes a line a minute and not a line each. It is written anew when the
/// count has doubled, so its number is what there was at least; the next minute's first failure writes the last number of the one before.
/// </summary>
internal sealed class FailedSignIns(AuditLog audit, TimeProvider time)
{
    private const string Result = "refused: the key is not valid, or there were too many tries";

    private readonly Lock _lock = new();
    private DateTimeOffset _minute;
    private int _count;
    private int _written;

    public async Task CountAsync()
    {
        foreach (var (minute, count) in Note())
        {
            await audit.CountAsync(minute, ApiCaller.Dashboard, "sign in", Result, count);
        }
    }

    /// <summary>What is to be written now.</summary>
    private List<(DateTimeOffset Minute, int Count)> Note()
    {
        var now = time.GetUtcNow();
        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var due = new List<(DateTimeOffset, int)>();
        lock (_lock)
        {
            if (minute != _minute)
            {
                if (_count > _written)
                {
                    due.Add((_minute, _count));
                }

                (_minute, _count, _written) = (minute, 0, 0);
            }

            _count++;
            if (_count >= 2 * _written)
            {
                _written = _count;
                due.Add((_minute, _count));
            }
        }

        return due;
    }
}
