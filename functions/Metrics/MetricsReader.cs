namespace MoneroCloud.Functions;

/// <summary>
/// Reads what metrics tell of, once for all who ask within seconds: it is not older than 5 s, or 15 s where reading takes long. Two instances that are asked in turn must not
/// tell of a counter's past after its present, which is why scrapes have to be 30 s apart there.
/// </summary>
internal sealed partial class MetricsReader
{
    private static readonly TimeSpan Oldest = TimeSpan.FromSeconds(5);

    private readonly Monitor _monitor;
    private readonly FleetSnapshots _fleet;
    private readonly KeptReading<StoredFacts> _stored;
    private readonly DateTimeOffset _startedAt;

    public MetricsReader(Monitor monitor, FleetSnapshots fleet)
    {
        var log = monitor.Logs.CreateLogger<MetricsReader>();
        (_monitor, _fleet, _startedAt) = (monitor, fleet, monitor.Now);
        _stored = new KeptReading<StoredFacts>(monitor.Time, new StoredFactsReader(monitor).ReadAsync, why => Log.NotRead(log, why));
    }

    /// <exception cref="StorageUnavailableException">There is nothing to tell.</exception>
    public async Task<MetricsFacts> GetAsync()
    {
        var (fleet, stored) = (_fleet.GetAsync(Oldest), _stored.GetAsync(Oldest));
        await Task.WhenAll(fleet, stored);
        var shown = await fleet;
        return new MetricsFacts(shown, await stored, FleetHealth.IsStale(shown.TickedAt, _monitor.Policy.ProbePeriod, _startedAt, _monitor.Now));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "metrics could not be read: {Why}")]
        public static partial void NotRead(ILogger log, string why);
    }
}
