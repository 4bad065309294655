using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace MoneroCloud.Functions;

/// <summary>A request's body as JSON, within a bound.</summary>
internal static class JsonBody
{
    public const int MostBytes = 16 * 1024;

    /// <summary>As <see cref="ReadAsync{T}(HttpRequest, JsonTypeInfo{T}, CancellationToken)"/>, of a body that may be left out: then it is one without members.</summary>
    public static async Task<(T? Body, ApiResponse? Refusal)> ReadOptionalAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class, new() =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true } ? await ReadAsync(context.Request, type, context.RequestAborted) : (new T(), null);

    /// <returns>Either the body, or the answer that refuses it; the error names the place, not what stands there.</returns>
    public static Task<(T? Body, ApiResponse? Refusal)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class => ReadAsync(request, type, MostBytes, cancellation);

    /// <summary>As the other, of a body with a bound of its own.</summary>
    public static async Task<(T? Body, ApiResponse? Refusal)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, int most, CancellationToken cancellation)
        where T : class
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var media) || !media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return (null, ApiResponse.Problem(StatusCodes.Status415UnsupportedMediaType, "the Content-Type has to be application/json"));
        }

        var buffer = new byte[most + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        if (length > most)
        {
            return (null, ApiResponse.Problem(StatusCodes.Status413PayloadTooLarge, $"the body is longer than {most} bytes"));
        }

        try
        {
            return JsonSerializer.Deserialize(buffer.AsSpan(0, length), type) is { } body
                ? (body, null)
                : (null, ApiResponse.Problem(StatusCodes.Status400BadRequest, "the body is null"));
        }
        catch (JsonException e)
        {
            return (null, ApiResponse.Problem(StatusCodes.Status400BadRequest, $"the body is not as docs/api.md has it, at {e.Path ?? "its beginning"}"));
        }
    }
}
