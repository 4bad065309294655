namespace MoneroCloud.Core;

/// <summary>
/// When alerts are to be told among each other: as they happened, but that something is over never before that it failed. Their times are of
/// their agents' clocks, and a clock may be set back between the two.
/// </summary>
internal sealed class AlertTimes
{
    private readonly Dictionary<string, DateTimeOffset> _failures;

    /// <param name="alerts">All that are told together.</param>
    public AlertTimes(IEnumerable<Alert> alerts) => _failures = alerts
        .Where(a => a.Incident is not null && !AlertRouting.IsOver(a))
        .GroupBy(a => a.Incident!, StringComparer.Ordinal)
        .ToDictionary(same => same.Key, same => same.Max(a => a.At), StringComparer.Ordinal);

    /// <summary>Of two with the same time the one that tells of an end comes second.</summary>
    public (DateTimeOffset At, bool IsOver) Of(Alert alert)
    {
        var over = AlertRouting.IsOver(alert);
        return over && alert.Incident is { } incident && _failures.TryGetValue(incident, out var failed) && failed > alert.At ? (failed, true) : (alert.At, over);
    }
}
