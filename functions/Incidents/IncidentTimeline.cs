using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// All that is known around an incident, as one list by time: what was done about it, its subject's history from shortly before, and what was told.
/// Bounded; what is left out is said.
/// </summary>
internal sealed class IncidentTimeline(ITable table, AlertBook alerts, ILogger log)
{
    /// <summary>Lines of the whole.</summary>
    public const int Most = 500;

    /// <summary>Of those, how many are of its beginning where there are more.</summary>
    public const int MostFirst = 150;

    /// <summary>Entries of the history, the newest.</summary>
    public const int MostHistory = 300;

    /// <summary>Entries of the history around its beginning, where those are not among the newest.</summary>
    public const int MostEarly = 100;

    /// <summary>What led to it. Agents' clocks are not the monitor's.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan After = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Beginning = TimeSpan.FromMinutes(10);

    private readonly Action<UnreadableRowException> _skipped = UnreadableRows.To(log);

    public async Task<(ImmutableArray<TimelineEntry> Entries, ImmutableArray<string> LeftOut)> ReadAsync(
        Incident incident, DateTimeOffset now, CancellationToken cancellation)
    {
        var leftOut = new List<string>();
        var (from, to) = (incident.OpenedAt - Before, (incident.ResolvedAt ?? now) + After);
        var entries = await HistoryAsync(incident, from, to, leftOut, cancellation);
        entries.AddRange(incident.Actions.Select(TimelineLines.Of));
        var (told, more) = await alerts.OfIncidentAsync(incident, from, to, cancellation);
        entries.AddRange(told.Select(TimelineLines.Of));
        if (more)
        {
            leftOut.Add($"a part of the deliveries: GET /api/alerts?subject={incident.Subject} has more of them");
        }

        return (Bounded([.. entries.OrderBy(e => e.At)], leftOut), [.. leftOut]);
    }

    /// <summary>Newest first, as the rows lie.</summary>
    private async Task<List<TimelineEntry>> HistoryAsync(Incident incident, DateTimeOffset from, DateTimeOffset to, List<string> leftOut, CancellationToken cancellation)
    {
        var range = new KeyRange(At(incident.Subject, to), At(incident.Subject, from) + '}'); // '}' comes after '|'.
        var rows = await RowsAsync(incident.Subject, range, MostHistory, cancellation);
        if (rows.Count > MostHistory)
        {
            rows.RemoveAt(MostHistory);
            var next = rows[^1].Key.Key + '\0';
            var beginning = At(incident.Subject, incident.OpenedAt + Beginning);
            var gap = string.CompareOrdinal(beginning, next) > 0;
            var early = await RowsAsync(incident.Subject, range with { From = gap ? beginning : next }, MostEarly, cancellation);
            if (gap || early.Count > MostEarly)
            {
                leftOut.Add($"a part of the history: GET /api/{(NodeId.TryParse(incident.Subject, out _) ? "nodes" : "agents")}/{incident.Subject}/history has all of it");
            }

            rows.AddRange(early.Take(MostEarly));
        }

        rows.Reverse();
        return
        [
            .. rows.Select(r => Documents.TryRead(r, CoreJson.Default.HistoryEntry, _skipped)?.Value).OfType<HistoryEntry>().SelectMany(TimelineLines.Of),
        ];
    }

    private static string At(string subject, DateTimeOffset time) => Keys.HistoryOf(subject) + ReversedTicks.Of(time);

    /// <returns>One more than asked for where there are more.</returns>
    private async Task<List<Row>> RowsAsync(string subject, KeyRange range, int most, CancellationToken cancellation)
    {
        var rows = new List<Row>();
        await foreach (var row in table.RangeAsync(Shard.Of(subject), range, most + 1, cancellation))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>How it began and how it stands; of what is between, so much as there is room for.</summary>
    private static ImmutableArray<TimelineEntry> Bounded(List<TimelineEntry> entries, List<string> leftOut)
    {
        if (entries.Count <= Most)
        {
            return [.. entries];
        }

        var end = entries.Count - (Most - MostFirst);
        leftOut.Add($"{end - MostFirst} lines between {Words.Time(entries[MostFirst].At)} and {Words.Time(entries[end - 1].At)}");
        return [.. entries[..MostFirst], .. entries[end..]];
    }
}
