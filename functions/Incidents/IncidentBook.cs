using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Reads incidents within bounds. A row that cannot be read hides no other.</summary>
internal sealed class IncidentBook(ITable table, ILogger log)
{
    /// <summary>Incidents of one shard that are open and are read.</summary>
    public const int MostOpen = 1_000;

    /// <summary>Incidents of one shard that are over and are looked through for one subject's.</summary>
    public const int MostClosed = 2_000;

    private readonly Action<UnreadableRowException> _skipped = UnreadableRows.To(log);

    /// <summary>Null where there is none of that id, or it was kept for long enough.</summary>
    public Task<Stored<Incident>?> FindAsync(string id, CancellationToken cancellation) => IncidentRows.FindAsync(table, id, cancellation);

    /// <param name="limit">At least 1.</param>
    public async Task<IncidentListing> ListAsync(IncidentFilter filter, int limit, CancellationToken cancellation)
    {
        var none = new IncidentListing([], Truncated: false);
        var open = filter.Open ? await OpenAsync(filter.Subject, cancellation) : none;
        var left = limit - open.Incidents.Count;
        var closed = filter.Resolved && left > 0 ? await ClosedAsync(filter, left, cancellation) : none;
        return new IncidentListing(
            [.. open.Incidents.Concat(closed.Incidents).Take(limit)],
            open.Truncated || closed.Truncated || open.Incidents.Count + closed.Incidents.Count > limit || (filter.Resolved && left <= 0));
    }

    /// <summary>The worst first, and of those the newest.</summary>
    private async Task<IncidentListing> OpenAsync(string? subject, CancellationToken cancellation)
    {
        if (subject is not null)
        {
            return new IncidentListing(await table.FindAsync(Keys.OpenIncident(subject), CoreJson.Default.Incident, cancellation) is { Value: var only } ? [only] : [], Truncated: false);
        }

        var parts = await Task.WhenAll(Shard.All.Select(s => RangeAsync(s, KeyRange.Prefix(Keys.OpenIncidents), MostOpen, cancellation)));
        return new IncidentListing(
            [
                .. parts.SelectMany(p => p.Incidents)
                    .OrderByDescending(i => i.Severity).ThenByDescending(i => i.OpenedAt).ThenBy(i => i.Subject, StringComparer.Ordinal),
            ],
            parts.Any(p => p.Truncated));
    }

    /// <summary>The newest first. Their keys have no subject: for one of them a part of a shard is looked through.</summary>
    private async Task<IncidentListing> ClosedAsync(IncidentFilter filter, int limit, CancellationToken cancellation)
    {
        var range = KeyRange.Prefix(Keys.ClosedIncidents);
        if (filter.Since is { } since)
        {
            range = range with { To = $"{Keys.ClosedIncidents}{ReversedTicks.Of(since)}}}" }; // '}' comes after '|'.
        }

        if (filter.Subject is { } subject)
        {
            var (all, truncated) = await RangeAsync(Shard.Of(subject), range, MostClosed, cancellation);
            var found = all.Where(i => i.Subject == subject).ToList();
            return new IncidentListing([.. found.Take(limit)], truncated || found.Count > limit);
        }

        var parts = await Task.WhenAll(Shard.All.Select(s => RangeAsync(s, range, limit, cancellation)));
        return new IncidentListing(
            [.. parts.SelectMany(p => p.Incidents).OrderByDescending(i => i.OpenedAt).ThenBy(i => i.Subject, StringComparer.Ordinal).Take(limit)],
            parts.Any(p => p.Truncated) || parts.Sum(p => p.Incidents.Count) > limit);
    }

    private async Task<IncidentListing> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellation)
    {
        var found = new List<Incident>();
        var rows = 0;
        await foreach (var row in table.RangeAsync(shard, range, most + 1, cancellation))
        {
            if (++rows <= most && Documents.TryRead(row, CoreJson.Default.Incident, _skipped) is { Value: var incident })
            {
                found.Add(incident);
            }
        }

        return new IncidentListing(found, rows > most);
    }
}
