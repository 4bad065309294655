using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Takes a file of a monitor's state in, part by part. A row is written whatever is there, so that a part may come again; how far it is stands in a row, so that a try
/// that was cut goes on where it was.
/// </summary>
internal sealed class ImportBook(Monitor monitor)
{
    public const int MostRows = 1_000;

    private const int MaxRaces = 5;

    /// <summary>A store that has none of these is empty: a monitor that has just begun writes other kinds by itself.</summary>
    private static readonly string[] Contents = [Keys.Nodes, Keys.Agents, Keys.AllRollups, Keys.OpenIncidents, Keys.ClosedIncidents];

    public async Task<ImportEnd> TakeAsync(ImportRequest request, CancellationToken cancellation)
    {
        if (Problem(request) is { } problem)
        {
            return new ImportEnd.Refused(StatusCodes.Status400BadRequest, problem);
        }

        var (mark, refusal) = await BeginAsync(request, cancellation);
        if (mark is null)
        {
            return refusal!;
        }

        if (request.Rows.IsEmpty && request.Total > 0)
        {
            return Taken(mark.Value);
        }

        foreach (var shard in request.Rows.Select(RowOf).GroupBy(r => r.Key.Shard))
        {
            await new BatchWriter(monitor.Table).WriteAsync([.. shard.Select(r => new RowChange.Put(r))], (_, _) => Task.FromResult<RowChange?>(null), cancellation);
        }

        return await NoteAsync(request, cancellation);
    }

    private static string? Problem(ImportRequest request)
    {
        // JSON's null is not kept out of what must be there.
        if (request.File is not { Length: 64 } || !request.File.All(char.IsAsciiHexDigitLower))
        {
            return "file is not a SHA-256: 64 hexadecimal digits in small letters";
        }

        if (request.Total < 0 || request.From < 0 || request.Rows.Length > MostRows || request.From + request.Rows.Length > request.Total)
        {
            return $"rows {request.From} to {request.From + request.Rows.Length} of {request.Total}: at most {MostRows} in one part, within the file";
        }

        for (var i = 0; i < request.Rows.Length; i++)
        {
            if (!IsSound(request.Rows[i]))
            {
                var (key, shard) = (ShownText.Printable(ApiQuery.Short(request.Rows[i]?.Key ?? "")), request.Rows[i]?.Shard);
                return $"row {request.From + i + 1}, {key} in shard {shard}, is of no kind that this version of the program writes, or not where it belongs";
            }
        }

        return null;
    }

    private static bool IsSound(ExportedRow? row) =>
        row is not null && row.Shard is >= 0 and < Shard.Count && row.Key is { } key && RowKey.IsAllowed(key) && row.Doc is { Length: <= Row.MaxText }
        && row.WorkedData is not { Length: > Row.MaxText } && ExportedKinds.IsSound(RowOf(row));

    private static Row RowOf(ExportedRow row) => new()
    {
        Key = new RowKey(new Shard(row.Shard), row.Key),
        Doc = row.Doc,
        Pid = row.Pid,
        Worked = row.Worked,
        WorkedData = row.WorkedData,
        Due = row.Due,
    };

    /// <summary>The mark of this import, written where it begins.</summary>
    private async Task<(Stored<ImportMark>? Mark, ImportEnd? Refusal)> BeginAsync(ImportRequest request, CancellationToken cancellation)
    {
        for (var races = 0; races < MaxRaces; races++)
        {
            var known = await monitor.Table.FindAsync(Keys.ImportMark, MonitorJson.Default.ImportMark, cancellation);
            var isBegin = request is { From: 0, Rows.IsEmpty: true };
            if (known?.Value is { } mark && mark.File == request.File && !(isBegin && request.Overwrite && mark.EndedAt is not null))
            {
                return (known, null);
            }

            if (!isBegin)
            {
                return (null, new ImportEnd.Refused(StatusCodes.Status409Conflict, "another file is being imported, or none: begin anew"));
            }

            if (!request.Overwrite && await FoundAsync(cancellation) is { } found)
            {
                var other = known?.Value is { EndedAt: null } cut ? $"an import of another file, begun at {Words.Time(cut.BeganAt)}, was cut; " : "";
                return (null, new ImportEnd.Refused(StatusCodes.Status409Conflict, $"the store is not empty: {other}{found} is there; nothing was written"));
            }

            var begun = new ImportMark { File = request.File, Total = request.Total, BeganAt = monitor.Now };
            if (await monitor.Table.CommitAsync([Documents.Write(Keys.ImportMark, new Stored<ImportMark>(begun, known?.Version), MonitorJson.Default.ImportMark)], cancellation) is CommitResult.Committed)
            {
                return (new Stored<ImportMark>(begun, null), null);
            }
        }

        return (null, new ImportEnd.Refused(StatusCodes.Status409Conflict, "somebody else is importing at this moment"));
    }

    private async Task<RowKey?> FoundAsync(CancellationToken cancellation)
    {
        foreach (var shard in Shard.All)
        {
            foreach (var prefix in Contents)
            {
                await foreach (var row in monitor.Table.RangeAsync(shard, KeyRange.Prefix(prefix), 1, cancellation))
                {
                    return row.Key;
                }
            }
        }

        return null;
    }

    private async Task<ImportEnd> NoteAsync(ImportRequest request, CancellationToken cancellation)
    {
        for (var races = 0; races < MaxRaces; races++)
        {
            if (await monitor.Table.FindAsync(Keys.ImportMark, MonitorJson.Default.ImportMark, cancellation) is not { } known || known.Value.File != request.File)
            {
                return new ImportEnd.Refused(StatusCodes.Status409Conflict, "another import was begun meanwhile");
            }

            var stored = Math.Max(known.Value.Stored, request.From <= known.Value.Stored ? request.From + request.Rows.Length : 0);
            var next = known.Value with { Stored = stored, EndedAt = stored == known.Value.Total ? known.Value.EndedAt ?? monitor.Now : null };
            if (next.EndedAt is not null)
            {
                await Summaries.RecountAsync(monitor.Table, Shard.All, cancellation);
            }

            if (await monitor.Table.CommitAsync([Documents.Write(Keys.ImportMark, known with { Value = next }, MonitorJson.Default.ImportMark)], cancellation) is CommitResult.Committed)
            {
                return Taken(next);
            }
        }

        return new ImportEnd.Refused(StatusCodes.Status409Conflict, "somebody else is importing at this moment");
    }

    private static ImportEnd.Taken Taken(ImportMark mark) => new(new ImportAnswer(mark.File, mark.Stored, mark.EndedAt is not null));
}
