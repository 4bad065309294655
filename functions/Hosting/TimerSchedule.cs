using NCrontab;

namespace MoneroCloud.Functions;

/// <summary>An NCRONTAB with six fields, the first of seconds, in UTC as the Functions host has it.</summary>
internal sealed class TimerSchedule
{
    private static readonly TimeSpan OneMinute = TimeSpan.FromMinutes(1);

    private readonly CrontabSchedule _schedule;

    private TimerSchedule(CrontabSchedule schedule) => _schedule = schedule;

    /// <param name="error">Says what is wrong with which field.</param>
    public static bool TryParse(string text, out TimerSchedule? schedule, out string error)
    {
        (schedule, error) = (null, "");
        var parsed = CrontabSchedule.TryParse<CrontabSchedule?>(
            text, new CrontabSchedule.ParseOptions { IncludingSeconds = true }, parsed => parsed, _ => null);
        if (parsed is null || parsed.GetNextOccurrence(DateTime.UnixEpoch, DateTime.UnixEpoch.AddYears(8)) == DateTime.UnixEpoch.AddYears(8))
        {
            error = "it has to be NCRONTAB with six fields, the first of seconds, as 0 * * * * *, and to come due at all";
            return false;
        }

        schedule = new TimerSchedule(parsed);
        return true;
    }

    /// <summary>The first slot after a time.</summary>
    public DateTimeOffset After(DateTimeOffset time) =>
        new(DateTime.SpecifyKind(_schedule.GetNextOccurrence(time.UtcDateTime), DateTimeKind.Utc));

    /// <summary>From one slot to the next.</summary>
    public TimeSpan Period(DateTimeOffset now)
    {
        var first = After(now);
        return After(first) - first;
    }

    /// <summary>The Functions host keeps no status of such a schedule.</summary>
    public bool IsUnderOneMinute(DateTimeOffset now)
    {
        var first = After(now);
        return After(first) - first < OneMinute;
    }
}
