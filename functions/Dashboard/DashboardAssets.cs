using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace MoneroCloud.Functions;

/// <summary>
/// The pages' style, script and icon, out of the program's own assembly. Each address has the content's hash in it, so that a browser keeps it for
/// good and never has the one of another version.
/// </summary>
internal static class DashboardAssets
{
    private static readonly (string File, string ContentType)[] Files =
    [
        ("dashboard.css", "text/css; charset=utf-8"),
        ("dashboard.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
    ];

    private static readonly FrozenDictionary<string, Asset> ByName = Files.Select(f => Read(f.File, f.ContentType)).ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);

    public static string Style { get; } = AddressOf("dashboard.", ".css");

    public static string Script { get; } = AddressOf("dashboard.", ".js");

    public static string Icon { get; } = AddressOf("icon.", ".svg");

    /// <summary>Of all of them together.</summary>
    public static string Version { get; } = string.Join('|', ByName.Keys.Order(StringComparer.Ordinal));

    public static void Map(ApiRoutes routes) => routes.Get(Places.Assets + "/{name}", null, GetAsync);

    private static Task<ApiResponse> GetAsync(HttpContext context)
    {
        if (!ByName.TryGetValue(ApiRoutes.Value(context, "name"), out var asset))
        {
            return Task.FromResult(ApiResponse.Problem(StatusCodes.Status404NotFound, "there is no such file; a page that is open since before an update leads to one that is gone: load it again"));
        }

        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.ETag = asset.Mark;
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return Task.FromResult(context.Request.Headers.IfNoneMatch is [{ } known] && known == asset.Mark
            ? ApiResponse.Empty(StatusCodes.Status304NotModified)
            : new ApiResponse(StatusCodes.Status200OK, asset.Content, asset.ContentType));
    }

    private static string AddressOf(string begin, string end) =>
        $"{Places.Assets}/{ByName.Keys.Single(n => n.StartsWith(begin, StringComparison.Ordinal) && n.EndsWith(end, StringComparison.Ordinal))}";

    private static Asset Read(string file, string contentType)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"dashboard/{file}") ?? throw new InvalidOperationException($"the program has no {file}");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content))[..16];
        return new Asset($"{Path.GetFileNameWithoutExtension(file)}.{hash}{Path.GetExtension(file)}", content, contentType, $"\"{hash}\"");
    }

    private sealed record Asset(string Name, byte[] Content, string ContentType, string Mark);
}
