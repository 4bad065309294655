namespace MoneroCloud.Functions;

/// <summary>
/// Stands before all endpoints: the headers of every answer, who may come in, and what no endpoint answers. An endpoint that says nothing of
/// its access needs a key, and so does what does not exist.
/// </summary>
internal sealed partial class ApiGate(ApiGuard guard, ILogger log)
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        SetHeaders(context.Response.Headers);
        if (Refusal(context) is { } refusal)
        {
            if (refusal.Status == StatusCodes.Status401Unauthorized)
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
            }

            await refusal.WriteAsync(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (StorageUnavailableException e) when (!context.Response.HasStarted)
        {
            Log.StorageAway(log, context.Request.Method, context.Request.Path.Value ?? "", e.Message);
            var problem = ApiResponse.Problem(StatusCodes.Status503ServiceUnavailable, "the storage cannot be used at this moment; the log of the monitor says why");
            await (problem with { RetryAfter = AgainAfter }).WriteAsync(context);
        }

        if (!context.Response.HasStarted && context.Response.ContentType is null && Nothing(context) is { } nothing)
        {
            await nothing.WriteAsync(context);
        }
    }

    /// <summary>Null lets it in.</summary>
    private ApiResponse? Refusal(HttpContext context)
    {
        if (ApiGuard.RefuseKeyInQuery(context.Request) is { } misplaced)
        {
            return misplaced;
        }

        if (context.GetEndpoint()?.Metadata.GetMetadata<ApiAccess>() is not { } access)
        {
            return guard.Admit(context).Refusal;
        }

        if (access.Role is not { } needed)
        {
            return null;
        }

        var (caller, refusal) = guard.Admit(context);
        if (caller is null)
        {
            return refusal;
        }

        context.Features.Set(caller);
        return caller.Role >= needed ? null : ApiResponse.Problem(StatusCodes.Status403Forbidden, $"this needs the role {needed}; the key has the role {caller.Role}");
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
    }

    private static ApiResponse? Nothing(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => ApiResponse.Problem(
            StatusCodes.Status404NotFound, $"there is nothing at {ApiQuery.Short(context.Request.Path.Value ?? "")}; docs/api.md lists what there is"),
        StatusCodes.Status405MethodNotAllowed => ApiResponse.Problem(
            StatusCodes.Status405MethodNotAllowed, $"{ApiQuery.Short(context.Request.Method)} is not allowed here: {context.Response.Headers.Allow}"),
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path}: the storage could not be used: {Why}")]
        public static partial void StorageAway(ILogger log, string method, string path, string why);
    }
}
