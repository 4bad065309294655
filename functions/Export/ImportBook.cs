using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Takes a file of a monitor's state in, part by part. A row is written whatever is there, so that a part may come again; how far it is stands in a row, so that a try
/// that was cut goes on where it was, and so that everybody sees that only a part of it is there.
/// </summary>
internal sealed class ImportBook(Monitor monitor)
{
    private const int MaxRaces = 5;

    /// <summary>A store that has none of these is empty: a monitor that has just begun writes other kinds by itself.</summary>
    private static readonly string[] Contents = [Keys.Nodes, Keys.Agents, Keys.AllRollups, Keys.OpenIncidents, Keys.ClosedIncidents];

    public async Task<ImportEnd> TakeAsync(ImportRequest request, CancellationToken cancellation)
    {
        if (ImportCheck.Problem(request) is { } problem)
        {
            return new ImportEnd.Refused(StatusCodes.Status400BadRequest, problem);
        }

        if (request.Check)
        {
            return await LookAsync(request, cancellation);
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

        foreach (var shard in request.Rows.Select(ImportCheck.RowOf).Where(IsWritten).GroupBy(r => r.Key.Shard))
        {
            await new BatchWriter(monitor.Table).WriteAsync([.. shard.Select(r => new RowChange.Put(r))], (_, _) => Task.FromResult<RowChange?>(null), cancellation);
        }

        return await NoteAsync(request, cancellation);
    }

    /// <summary>
    /// A configuration is for whoever owns the monitor to put into its place: written here it would be what the next start with a bad monitor.json uses, and so a key of the API
    /// would decide what the monitor probes and whom it tells.
    /// </summary>
    private static bool IsWritten(Row row) => !row.Key.Key.StartsWith(KeptConfigPart.KeyPrefix, StringComparison.Ordinal);

    private static bool IsBegin(ImportRequest request) => request is { From: 0, Rows.IsEmpty: true };

    /// <summary>What would become of it. Nothing is written, not even that somebody looked.</summary>
    private async Task<ImportEnd> LookAsync(ImportRequest request, CancellationToken cancellation)
    {
        if (!IsBegin(request))
        {
            return new ImportEnd.Taken(new ImportAnswer(request.File, request.From + request.Rows.Length, Done: false, Checked: true));
        }

        var known = await MarkAsync(cancellation);
        return GoesOn(known, request) ? new ImportEnd.Taken(Answer(known!.Value) with { Checked = true })
            : await RefusalAsync(known, request, cancellation) ?? new ImportEnd.Taken(new ImportAnswer(request.File, 0, Done: false, Checked: true));
    }

    /// <summary>The mark of this import, written where it begins.</summary>
    private async Task<(Stored<ImportMark>? Mark, ImportEnd? Refusal)> BeginAsync(ImportRequest request, CancellationToken cancellation)
    {
        for (var races = 0; races < MaxRaces; races++)
        {
            var known = await MarkAsync(cancellation);
            if (GoesOn(known, request))
            {
                return (known, null);
            }

            if (!IsBegin(request))
            {
                return (null, new ImportEnd.Refused(StatusCodes.Status409Conflict, "another file is being imported, or none: begin anew"));
            }

            if (await RefusalAsync(known, request, cancellation) is { } refusal)
            {
                return (null, refusal);
            }

            var begun = new ImportMark { File = request.File, Total = request.Total, BeganAt = monitor.Now };
            if (await monitor.Table.CommitAsync([Documents.Write(Keys.ImportMark, new Stored<ImportMark>(begun, known?.Version), MonitorJson.Default.ImportMark)], cancellation) is CommitResult.Committed)
            {
                return (new Stored<ImportMark>(begun, null), null);
            }
        }

        return (null, new ImportEnd.Refused(StatusCodes.Status409Conflict, "somebody else is importing at this moment"));
    }

    private Task<Stored<ImportMark>?> MarkAsync(CancellationToken cancellation) => monitor.Table.FindAsync(Keys.ImportMark, MonitorJson.Default.ImportMark, cancellation);

    /// <summary>It was begun before, and is not to be done again.</summary>
    private static bool GoesOn(Stored<ImportMark>? known, ImportRequest request) =>
        known?.Value is { } mark && mark.File == request.File && !(IsBegin(request) && request.Overwrite && mark.EndedAt is not null);

    /// <summary>Why it may not begin; null where it may.</summary>
    private async Task<ImportEnd?> RefusalAsync(Stored<ImportMark>? known, ImportRequest request, CancellationToken cancellation)
    {
        if (request.Overwrite || await FoundAsync(cancellation) is not { } found)
        {
            return null;
        }

        var other = known?.Value is { EndedAt: null } cut ? $"an import of another file, begun at {Words.Time(cut.BeganAt)}, was cut after {cut.Stored} of {cut.Total} rows; " : "";
        return new ImportEnd.Refused(StatusCodes.Status409Conflict, $"the store is not empty: {other}{found} is there; nothing was written");
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
            if (await MarkAsync(cancellation) is not { } known || known.Value.File != request.File)
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

    private static ImportEnd.Taken Taken(ImportMark mark) => new(Answer(mark));

    private static ImportAnswer Answer(ImportMark mark) => new(mark.File, mark.Stored, mark.EndedAt is not null);
}
