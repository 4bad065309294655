using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Reads what metrics tell of, at most once in 5 s however many ask.</summary>
internal sealed class MetricsReader(Monitor monitor)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly DateTimeOffset _startedAt = monitor.Now;
    private readonly IncidentBook _incidents = new(monitor.Table, monitor.Logs.CreateLogger<IncidentBook>());
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
        var fleet = FleetAsync(CancellationToken.None);
        var reading = new StoredFactsReader(monitor).ReadAsync(CancellationToken.None);
        await Task.WhenAll(fleet, reading);
        var stored = await reading;
        var ticked = stored.Summaries.All(s => s?.TickedAt is not null) ? stored.Summaries.Min(s => s!.TickedAt) : null;
        return new MetricsFacts(await fleet, stored, FleetHealth.IsStale(ticked, monitor.Policy.ProbePeriod, _startedAt, monitor.Now));
    }

    private async Task<FleetFacts> FleetAsync(CancellationToken cancellation)
    {
        var directory = new NodeDirectory(monitor);
        var reading = (Nodes: directory.AllAsync(cancellation), Agents: directory.AgentsAsync(cancellation), Open: _incidents.ListAsync(new IncidentFilter(), int.MaxValue, cancellation));
        await Task.WhenAll(reading.Nodes, reading.Agents, reading.Open);
        var (agents, open, now) = (await reading.Agents, await reading.Open, monitor.Now);
        return new FleetFacts(
            [.. (await reading.Nodes).Select(n => (n, NodeViews.Of(n, agents.GetValueOrDefault(n.Id.Agent), monitor.Policy, now)))],
            [.. agents.Values],
            [.. open.Incidents],
            open.Truncated,
            now);
    }
}
