namespace MoneroCloud.Functions;

/// <summary>An endpoint: a request in, an answer out.</summary>
internal delegate Task<ApiResponse> ApiHandler(HttpContext context);

/// <summary>Maps endpoints with the role each of them needs.</summary>
internal sealed class ApiRoutes(WebApplication app)
{
    private static readonly string[] Reading = ["GET", "HEAD"];
    private static readonly string[] Posting = ["POST"];
    private static readonly string[] Deleting = ["DELETE"];

    /// <param name="role">Null: open, or the endpoint asks by itself.</param>
    public void Get(string pattern, ApiRole? role, ApiHandler handler) => Map(pattern, Reading, role, handler);

    public void Post(string pattern, ApiRole? role, ApiHandler handler) => Map(pattern, Posting, role, handler);

    public void Delete(string pattern, ApiRole? role, ApiHandler handler) => Map(pattern, Deleting, role, handler);

    /// <summary>The part of the path that the pattern calls so.</summary>
    public static string Value(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    private void Map(string pattern, string[] methods, ApiRole? role, ApiHandler handler) => app
        .MapMethods(pattern, methods, (RequestDelegate)(async context => await (await handler(context)).WriteAsync(context)))
        .WithMetadata(new ApiAccess(role));
}
