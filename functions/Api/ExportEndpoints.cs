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
            var caller = ApiCaller.Of(context);
            Log.Exported(_log, caller.Name, caller.Address, shard);
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

        if (request.Rows.IsEmpty)
        {
            var caller = ApiCaller.Of(context);
            Log.Imports(_log, caller.Name, caller.Address, request.Total, request.Overwrite);
        }

        return await new ImportBook(parts.Monitor).TakeAsync(request, context.RequestAborted) switch
        {
            ImportEnd.Taken taken => ApiResponse.Json(taken.Answer, ApiJson.Default.ImportAnswer),
            ImportEnd.Refused refused => ApiResponse.Problem(refused.Status, refused.Reason),
            var end => throw new InvalidOperationException(end.GetType().Name),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Who} at {Address} exports shard {Shard}")]
        public static partial void Exported(ILogger log, string who, System.Net.IPAddress address, int shard);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Who} at {Address} imports a file of {Rows} rows (overwrite {Overwrite})")]
        public static partial void Imports(ILogger log, string who, System.Net.IPAddress address, long rows, bool overwrite);
    }
}
