using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The fleet in memory, for what shows all of it: lists, the overview, metrics. Whoever needs the present state of one node reads its row.</summary>
internal sealed partial class FleetSnapshots
{
    /// <summary>Deliveries that are shown, and as many that are still to come.</summary>
    public const int MostAlerts = 100;

    private readonly Monitor _monitor;
    private readonly NodeDirectory _directory;
    private readonly IncidentBook _incidents;
    private readonly KeptReading<FleetSnapshot> _kept;
    private readonly KeptReading<FleetIncidents> _keptIncidents;
    private readonly KeptReading<AlertList> _keptAlerts;

    public FleetSnapshots(Monitor monitor)
    {
        var log = monitor.Logs.CreateLogger<FleetSnapshots>();
        (_monitor, _directory, _incidents) = (monitor, new NodeDirectory(monitor), new IncidentBook(monitor.Table, monitor.Logs.CreateLogger<IncidentBook>()));
        _kept = new KeptReading<FleetSnapshot>(monitor.Time, ReadAsync, why => Log.NotRead(log, "the fleet", why));
        _keptIncidents = new KeptReading<FleetIncidents>(monitor.Time, ReadIncidentsAsync, why => Log.NotRead(log, "the fleet's incidents", why));
        var alerts = new AlertBook(monitor.Table, monitor.Logs.CreateLogger<AlertBook>());
        _keptAlerts = new KeptReading<AlertList>(monitor.Time, cancellation => alerts.ReadAsync(null, null, MostAlerts, cancellation), why => Log.NotRead(log, "what was told", why));
    }

    /// <inheritdoc cref="KeptReading{T}.GetAsync"/>
    public Task<FleetSnapshot> GetAsync(TimeSpan? oldest = null) => _kept.GetAsync(oldest);

    /// <inheritdoc cref="KeptReading{T}.Last"/>
    public FleetSnapshot? Last => _kept.Last;

    /// <summary>Those that are open and the newest of the others.</summary>
    /// <exception cref="StorageUnavailableException">The storage is away, and what was read before is too old.</exception>
    public Task<FleetIncidents> IncidentsAsync() => _keptIncidents.GetAsync();

    /// <summary>What was told of all subjects, and what is still to be: after a failure of all thousands of short ranges, however many look.</summary>
    /// <exception cref="StorageUnavailableException">The storage is away, and what was read before is too old.</exception>
    public Task<AlertList> AlertsAsync() => _keptAlerts.GetAsync();

    /// <inheritdoc cref="KeptReading{T}.Forget"/>
    public void Forget()
    {
        // The incidents come from the fleet: the other way round they could be read from the old one in between.
        _kept.Forget();
        _keptIncidents.Forget();
        _keptAlerts.Forget();
    }

    private async Task<FleetSnapshot> ReadAsync(CancellationToken cancellation)
    {
        var now = _monitor.Now;
        var agents = _directory.AgentsAsync(cancellation);
        var nodes = _directory.AllAsync(cancellation);
        var open = _incidents.ListAsync(new IncidentFilter(), FleetSnapshot.MostIncidents, cancellation);
        var summaries = Task.WhenAll(Shard.All.Select(s => Summaries.FindAsync(_monitor.Table, s, cancellation)));
        await Task.WhenAll(agents, nodes, open, summaries);
        return FleetSnapshot.Of(await nodes, await agents, await open, [.. (await summaries).Select(s => s?.Value)], _monitor.Policy, now);
    }

    /// <summary>The fleet first: an incident goes from the open ones to the others and never back, so that none is in neither.</summary>
    private async Task<FleetIncidents> ReadIncidentsAsync(CancellationToken cancellation)
    {
        var fleet = await GetAsync().WaitAsync(cancellation);
        return FleetIncidents.Of(fleet, await _incidents.ListAsync(new IncidentFilter { Open = false, Resolved = true }, FleetIncidents.MostResolved, cancellation));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{What} could not be read: {Why}")]
        public static partial void NotRead(ILogger log, string what, string why);
    }
}
