using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What an endpoint answers.</summary>
internal sealed record ApiResponse(int Status, ReadOnlyMemory<byte> Body, string? ContentType)
{
    /// <summary>A path.</summary>
    public string? Location { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>In place of <see cref="Body"/>.</summary>
    public StreamedText? Text { get; init; }

    /// <summary>Of a problem: what it tells the reader.</summary>
    public string? Detail { get; init; }

    public static ApiResponse Empty(int status) => new(status, default, null);

    public static ApiResponse Json<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(value, type), "application/json");

    /// <param name="detail">For the reader; it names what was given and what is allowed.</param>
    public static ApiResponse Problem(int status, string detail, ImmutableArray<string>? candidates = null)
    {
        var problem = new Problem { Title = TitleOf(status), Status = status, Detail = detail, Candidates = candidates };
        return new(status, JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Default.Problem), Core.Problem.ContentType) { Detail = detail };
    }

    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (ContentType is null)
        {
            return;
        }

        response.ContentType = ContentType;
        if (Text is not null)
        {
            await Text.WriteAsync(context);
            return;
        }

        response.ContentLength = Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(Body, context.RequestAborted);
        }
    }

    private static string TitleOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request was not understood",
        StatusCodes.Status401Unauthorized => "A valid key is needed",
        StatusCodes.Status403Forbidden => "This needs another role",
        StatusCodes.Status404NotFound => "There is no such thing",
        StatusCodes.Status405MethodNotAllowed => "The method is not allowed here",
        StatusCodes.Status409Conflict => "It cannot be done as things are",
        StatusCodes.Status413PayloadTooLarge => "The request is too large",
        StatusCodes.Status415UnsupportedMediaType => "The body has to be JSON",
        StatusCodes.Status422UnprocessableEntity => "It cannot be done with this node",
        StatusCodes.Status429TooManyRequests => "Too many requests",
        StatusCodes.Status503ServiceUnavailable => "Not now",
        StatusCodes.Status504GatewayTimeout => "No answer in time",
        _ => "The request was not accepted",
    };
}
