using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The fleet's health, read at most once in 5 s however many ask, and answered in time also while the storage is away.</summary>
internal sealed partial class CachedHealth(Monitor monitor, Func<bool> configurationFailed)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    /// <summary>Whoever asks waits 10 s at most.</summary>
    private static readonly TimeSpan ReadFor = TimeSpan.FromSeconds(8);

    private readonly Lock _lock = new();
    private readonly ILogger _log = monitor.Logs.CreateLogger<CachedHealth>();
    private readonly DateTimeOffset _startedAt = monitor.Now;
    private Task<HealthView>? _reading;
    private long _begunAt;
    private HealthView _last = new() { Status = MonitorStatus.Stale };

    public Task<HealthView> GetAsync()
    {
        lock (_lock)
        {
            if (_reading is null || (_reading.IsCompleted && monitor.Time.GetElapsedTime(_begunAt) >= KeptFor))
            {
                (_begunAt, _reading) = (monitor.Time.GetTimestamp(), Task.Run(ReadAsync));
            }

            return _reading;
        }
    }

    private async Task<HealthView> ReadAsync()
    {
        using var limit = new CancellationTokenSource(ReadFor, monitor.Time);
        try
        {
            var counts = await FleetCountsReader.ReadAsync(monitor.Table, limit.Token);
            var import = await monitor.Table.ReadAsync(Keys.ImportMark, limit.Token) is { } row ? Documents.TryRead(row, MonitorJson.Default.ImportMark, UnreadableRows.To(_log)) : null;
            var view = FleetHealth.Of(counts, monitor.Policy.ProbePeriod, _startedAt, monitor.Now);
            _last = view;
            return import?.Value is { EndedAt: null } && view.Reason is null ? view with { Status = MonitorStatus.Degraded, Reason = "import" }
                : view.Reason is null && configurationFailed() ? view with { Reason = "configuration" }
                : view;
        }
        catch (Exception e) when (e is StorageUnavailableException or OperationCanceledException)
        {
            Log.NotRead(_log, e is StorageUnavailableException ? e.Message : $"no answer within {ReadFor.TotalSeconds} s");
            return _last with { Status = MonitorStatus.Stale, Reason = "storage" };
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "the fleet could not be counted: {Why}")]
        public static partial void NotRead(ILogger log, string why);
    }
}
