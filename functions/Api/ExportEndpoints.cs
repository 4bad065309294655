using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>GET /api/export</c> and <c>POST /api/import</c>: a monitor's state, page by page; the command line makes one file of it.</summary>
internal sealed partial class ExportEndpoints(ApiParts parts)
{
    /// <summary>A part of a file: less than the server takes at all.</summary>
    private const int MostBytes = 1_000_000;

    private readonly ILogger _log = parts.Monitor.Logs.CreateLogger<ExportEndpoints>();

    public void Map(ApiRoutes routes)
    {
        routes.Get("/api/export", ApiRole.Operator, ExportAsync);
        routes.Post("/api/import", ApiRole.Operator, ImportAsync);
    }

    private async Task<ApiResponse> ExportAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request, "shard", "after", "limit");
        var shard = query.Number("shard", 0, Shard.Count - 1, 0);
        var limit = query.Number("limit", 1, ExportBook.MostRows, ExportBook.MostRows);
        var after = query.Text("after");
        if (after is not null && !RowKey.IsAllowed(after))
        {
            query.Refuse("after is no key: what the page before gave as next");
        }

        if (query.Error is { } error)
        {
            return error;
        }

        if (after is null)
        {
            // Whole before the page is read, since it is a part of it.
            var caller = ApiCaller.Of(context);
            Log.Exported(_log, caller.Name, caller.Address, shard);
            var intent = new AuditIntent(caller, caller.Name, "export", NodeId.Monitor) { Details = $"part {shard + 1} of {Shard.Count}" };
            await parts.Audit.DoAsync(intent, () => Task.FromResult(true), _ => "begun", context.RequestAborted);
        }

        return ApiResponse.Json(await new ExportBook(parts.Monitor).PageAsync(new Shard(shard), after, limit, context.RequestAborted), ApiJson.Default.ExportPage);
    }

    private async Task<ApiResponse> ImportAsync(HttpContext context)
    {
        if (new ApiQuery(context.Request).Error is { } error)
        {
            return error;
        }

        var (request, refusal) = await JsonBody.ReadAsync(context.Request, ApiJson.Default.ImportRequest, MostBytes, context.RequestAborted);
        if (request is null)
        {
            return refusal!;
        }

        return await AuditedAsync(ApiCaller.Of(context), request, context.RequestAborted) switch
        {
            ImportEnd.Taken taken => ApiResponse.Json(taken.Answer, ApiJson.Default.ImportAnswer),
            ImportEnd.Refused refused => ApiResponse.Problem(refused.Status, refused.Reason),
            var end => throw new InvalidOperationException(end.GetType().Name),
        };
    }

    /// <summary>Its begin, what was refused, and its end are lines of the audit; a line for each of its parts would be hundreds.</summary>
    private async Task<ImportEnd> AuditedAsync(ApiCaller caller, ImportRequest request, CancellationToken cancellation)
    {
        Task<ImportEnd> TakeAsync() => new ImportBook(parts.Monitor).TakeAsync(request, cancellation);
        if (request.Check)
        {
            return await TakeAsync();
        }

        var intent = new AuditIntent(caller, caller.Name, "import", NodeId.Monitor) { Details = $"{request.Total} rows of the file {request.File}{(request.Overwrite ? ", over what is there" : "")}" };
        if (request.Rows.IsEmpty)
        {
            Log.Imports(_log, caller.Name, caller.Address, request.Total, request.Overwrite);
            return await parts.Audit.DoAsync(intent, TakeAsync, Result, cancellation);
        }

        var end = await TakeAsync();
        if (end is not ImportEnd.Taken { Answer.Done: false })
        {
            await parts.Audit.WriteAsync(intent, Result(end));
        }

        return end;
    }

    private static string Result(ImportEnd end) => end switch
    {
        ImportEnd.Taken { Answer: { Done: true } answer } => $"done: {answer.Stored} rows are stored",
        ImportEnd.Taken { Answer: var answer } => answer.Stored == 0 ? "begun" : $"begun again after {answer.Stored} rows",
        ImportEnd.Refused refused => $"refused: {refused.Reason}",
        _ => throw new InvalidOperationException(end.GetType().Name),
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Who} at {Address} exports shard {Shard}")]
        public static partial void Exported(ILogger log, string who, System.Net.IPAddress address, int shard);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Who} at {Address} imports a file of {Rows} rows (overwrite {Overwrite})")]
        public static partial void Imports(ILogger log, string who, System.Net.IPAddress address, long rows, bool overwrite);
    }
}
