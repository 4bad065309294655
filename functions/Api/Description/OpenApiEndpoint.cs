namespace MoneroCloud.Functions;

/// <summary><c>GET /api/openapi.json</c>: the API's description, for tools. It says nothing of this fleet, and is open.</summary>
internal sealed class OpenApiEndpoint
{
    public const string Path = "/api/openapi.json";

    private readonly Lazy<byte[]> _text = new(() => OpenApiText.Bytes(ApiOperations.All));

    public void Map(ApiRoutes routes) => routes.Get(Path, null, GetAsync);

    private Task<ApiResponse> GetAsync(HttpContext context) =>
        Task.FromResult(new ApiQuery(context.Request).Error ?? new ApiResponse(StatusCodes.Status200OK, _text.Value, "application/json"));
}
