namespace MoneroCloud.Functions;

/// <summary>
/// The fleet in memory, for what shows all of it: lists, the overview, metrics. Read by one reader at a time however many ask, and at most a tenth of the
/// time; while the next is read, the last one is served for as long as it is not too old. Whoever needs the present state of one node reads its row.
/// </summary>
internal sealed partial class FleetSnapshots(Monitor monitor)
{
    /// <summary>A snapshot is served for so long without a thought; ten times as long as it took to read where that is longer.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(3);

    /// <summary>The longest of it, and for how much longer one is served while the next is read.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private const int Share = 10;
    private static readonly TimeSpan ReadFor = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly ILogger _log = monitor.Logs.CreateLogger<FleetSnapshots>();
    private readonly NodeDirectory _directory = new(monitor);
    private readonly IncidentBook _incidents = new(monitor.Table, monitor.Logs.CreateLogger<IncidentBook>());
    private Task<FleetSnapshot>? _reading;
    private FleetSnapshot? _last;
    private long _begunAt;
    private TimeSpan _keptFor = KeptFor;

    /// <summary>Rises with each <see cref="Forget"/>: what was begun before is not kept.</summary>
    private int _generation;

    /// <param name="oldest">Who does not want an old one while the next is read waits for that; null: as old as it is served at all.</param>
    /// <exception cref="StorageUnavailableException">The storage is away, and what was read before is too old.</exception>
    public Task<FleetSnapshot> GetAsync(TimeSpan? oldest = null)
    {
        lock (_lock)
        {
            var age = _last is null ? TimeSpan.MaxValue : monitor.Time.GetElapsedTime(_begunAt);
            if (age < _keptFor)
            {
                return Task.FromResult(_last!);
            }

            if (_reading is null)
            {
                var generation = _generation;
                _reading = Task.Run(() => ReadAsync(generation));
            }

            return age < (oldest ?? _keptFor + Longest) ? Task.FromResult(_last!) : _reading;
        }
    }

    /// <summary>Whoever asks next waits for a new one: somebody has just changed something and wants to see it.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            // What is being read now may have passed it already.
            (_last, _reading, _generation) = (null, null, _generation + 1);
        }
    }

    private async Task<FleetSnapshot> ReadAsync(int generation)
    {
        var begun = monitor.Time.GetTimestamp();
        try
        {
            var read = await OnceAsync();
            Keep(generation, read, begun);
            return read;
        }
        catch (Exception e) when (e is StorageUnavailableException or OperationCanceledException)
        {
            var why = e is StorageUnavailableException ? e.Message : $"no answer within {ReadFor.TotalSeconds} s";
            Log.NotRead(_log, why);
            throw e as StorageUnavailableException ?? new StorageUnavailableException($"the fleet could not be read: {why}");
        }
        finally
        {
            End(generation);
        }
    }

    private void Keep(int generation, FleetSnapshot read, long begun)
    {
        lock (_lock)
        {
            if (generation == _generation)
            {
                var share = monitor.Time.GetElapsedTime(begun) * Share;
                (_last, _begunAt, _keptFor) = (read, begun, share < KeptFor ? KeptFor : share < Longest ? share : Longest);
            }
        }
    }

    private void End(int generation)
    {
        lock (_lock)
        {
            if (generation == _generation)
            {
                _reading = null;
            }
        }
    }

    private async Task<FleetSnapshot> OnceAsync()
    {
        using var limit = new CancellationTokenSource(ReadFor, monitor.Time);
        var now = monitor.Now;
        var agents = _directory.AgentsAsync(limit.Token);
        var nodes = _directory.AllAsync(limit.Token);
        var open = _incidents.ListAsync(new IncidentFilter(), FleetSnapshot.MostIncidents, limit.Token);
        var summaries = Task.WhenAll(Shard.All.Select(s => Summaries.FindAsync(monitor.Table, s, limit.Token)));
        await Task.WhenAll(agents, nodes, open, summaries);
        var ticks = (await summaries).Select(s => s?.Value.TickedAt).ToList();
        return FleetSnapshot.Of(await nodes, await agents, await open, ticks.All(t => t is not null) ? ticks.Min() : null, monitor.Policy, now);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "the fleet could not be read: {Why}")]
        public static partial void NotRead(ILogger log, string why);
    }
}
