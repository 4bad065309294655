using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Reads them from the storage each time.</summary>
internal sealed class MarkReader(Monitor monitor) : IMarks
{
    /// <summary>Rows of one subject that are read.</summary>
    private const int Most = 200_000;

    private static readonly ImmutableArray<string> Kinds = [StateLine.Silence, StateLine.Gap, StateLine.Doubt];

    private readonly Action<UnreadableRowException> _skipped = UnreadableRows.To(monitor.Logs.CreateLogger<MarkReader>());

    public async Task<SubjectMarks> ReadAsync(string subject, AgentRecord? agent, CancellationToken cancellation)
    {
        var marks = new List<HistoryEntry>();
        await foreach (var row in monitor.Table.RangeAsync(Shard.Of(subject), KeyRange.Prefix(Keys.HistoryOf(subject)), Most, cancellation))
        {
            if (Kinds.Any(k => row.Key.Key.Contains($"|{k}", StringComparison.Ordinal)) && Documents.TryRead(row, CoreJson.Default.HistoryEntry, _skipped)?.Value is { Transition: not null } entry)
            {
                marks.Add(entry);
            }
        }

        return new SubjectMarks(Of(StateLine.Silence), Of(StateLine.Gap), Of(StateLine.Doubt));

        ImmutableArray<Transition> Of(string kind) =>
        [
            .. marks.Where(m => m.Place.StartsWith(kind, StringComparison.Ordinal)).OrderBy(m => m.At).ThenBy(m => m.Place, StringComparer.Ordinal).Select(m => m.Transition!),
        ];
    }
}
