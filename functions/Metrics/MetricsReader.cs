namespace MoneroCloud.Functions;

/// <summary>
/// Reads what metrics tell of, at most once in 5 s however many ask. Two instances that are asked in turn must not tell of a counter's past after its present:
/// so what is told is less old than one scrape is after another.
/// </summary>
internal sealed class MetricsReader(Monitor monitor, FleetSnapshots fleet)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly DateTimeOffset _startedAt = monitor.Now;
    private Task<MetricsFacts>? _reading;
    private long _begunAt;

    /// <exception cref="StorageUnavailableException">There is nothing to tell.</exception>
    public Task<MetricsFacts> GetAsync()
    {
        lock (_lock)
        {
            if (_reading is null || _reading.IsFaulted || (_reading.IsCompleted && monitor.Time.GetElapsedTime(_begunAt) >= KeptFor))
            {
                (_begunAt, _reading) = (monitor.Time.GetTimestamp(), Task.Run(ReadAsync));
            }

            return _reading;
        }
    }

    private async Task<MetricsFacts> ReadAsync()
    {
        var snapshot = fleet.GetAsync(KeptFor);
        var stored = new StoredFactsReader(monitor).ReadAsync(CancellationToken.None);
        await Task.WhenAll(snapshot, stored);
        var shown = await snapshot;
        return new MetricsFacts(shown, await stored, FleetHealth.IsStale(shown.TickedAt, monitor.Policy.ProbePeriod, _startedAt, monitor.Now));
    }
}
