using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>A monitor's state page by page, of whichever store. Not of one moment: what changes meanwhile is in it as it was before or after.</summary>
internal sealed partial class ExportBook(Monitor monitor)
{
    /// <summary>Rows of one page.</summary>
    public const int MostRows = 1_000;

    private readonly ILogger _log = monitor.Logs.CreateLogger<ExportBook>();

    /// <param name="after">The last key of the page before; null for the first.</param>
    /// <param name="limit">1 to <see cref="MostRows"/>; a page whose texts are long has fewer.</param>
    public async Task<ExportPage> PageAsync(Shard shard, string? after, int limit, CancellationToken cancellation)
    {
        var rows = ImmutableArray.CreateBuilder<ExportedRow>();
        var (read, length) = (0, 0);
        foreach (var prefix in ExportedKinds.Prefixes)
        {
            var range = KeyRange.Prefix(prefix);
            if (after is not null && string.CompareOrdinal(after, range.From) >= 0)
            {
                range = range with { From = after + '\0' };
            }

            if (string.CompareOrdinal(range.From, range.To) >= 0)
            {
                continue;
            }

            await foreach (var row in monitor.Table.RangeAsync(shard, range, limit - read, cancellation))
            {
                Add(rows, row);
                (read, length) = (read + 1, length + row.Doc.Length + (row.WorkedData?.Length ?? 0));
                if (read == limit || length > CommitBounds.MaxText)
                {
                    return new ExportPage { Rows = rows.ToImmutable(), Next = row.Key.Key };
                }
            }
        }

        return new ExportPage { Rows = rows.ToImmutable() };
    }

    private void Add(ImmutableArray<ExportedRow>.Builder rows, Row row)
    {
        if (!ExportedKinds.IsSound(row))
        {
            Log.Unreadable(_log, row.Key);
            return;
        }

        rows.Add(new ExportedRow
        {
            Shard = row.Key.Shard.Number,
            Key = row.Key.Key,
            Doc = row.Doc,
            Pid = row.Pid,
            Worked = row.Worked,
            WorkedData = row.WorkedData,
            Due = row.Due,
        });
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "row {Key} cannot be read, and is not exported")]
        public static partial void Unreadable(ILogger log, RowKey key);
    }
}
