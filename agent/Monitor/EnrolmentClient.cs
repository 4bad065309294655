using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace MoneroCloud.Agent;

/// <summary>Enrols an agent over the monitor's API.</summary>
internal static class EnrolmentClient
{
    private const string KeyHeader = "x-functions-key";

    private const int MostBytes = 64 * 1024;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <param name="monitor">With a last slash.</param>
    /// <param name="key">An API key with the role operator.</param>
    /// <param name="request">What is asked.</param>
    public static async Task<EnrolmentReply> PostAsync(Uri monitor, Secret key, EnrolmentRequest request, CancellationToken cancellation)
    {
        // A redirect would carry the key to an address the operator did not name.
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = Deadline, MaxResponseContentBufferSize = MostBytes };
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(monitor, "api/agents"))
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, LinkJson.Default.EnrolmentRequest)),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (!message.Headers.TryAddWithoutValidation(KeyHeader, key.Reveal()))
        {
            return new EnrolmentReply.Refused($"the key from {key.Source} is not one: it has characters that no header takes");
        }

        try
        {
            using var response = await client.SendAsync(message, cancellation);
            return await ReadAsync(response, monitor, request.Name, cancellation);
        }
        catch (HttpRequestException e)
        {
            return new EnrolmentReply.Refused($"the monitor at {monitor} cannot be reached: {e.Message}");
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new EnrolmentReply.Refused($"the monitor at {monitor} did not answer within {Deadline.TotalSeconds:0} s");
        }
    }

    private static async Task<EnrolmentReply> ReadAsync(HttpResponseMessage response, Uri monitor, string name, CancellationToken cancellation)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);
        if (response.StatusCode == HttpStatusCode.Created)
        {
            return TryParse(body, LinkJson.Default.EnrolmentAnswer) is { } answer
                ? new EnrolmentReply.Taken(answer)
                : new EnrolmentReply.Refused($"{monitor} took the agent, but its answer is not that of a monitor of this version");
        }

        var problem = TryParse(body, LinkJson.Default.EnrolmentProblem);
        var said = Printable(problem?.Detail ?? problem?.Title) is { Length: > 0 } words ? $": {words}" : "";
        return new EnrolmentReply.Refused((int)response.StatusCode switch
        {
            401 or 403 => $"the monitor refused the key{said}",
            409 => $"an agent '{name}' is enrolled there already; --replace takes its place{said}",
            404 => $"there is no monitor at {monitor}: it does not know api/agents{said}",
            429 => $"the monitor takes no more attempts for a while{said}",
            >= 300 and < 400 => $"{monitor} points to another address, which is not followed; name that address",
            var status => $"the monitor answered with HTTP {status}{said}",
        });
    }

    private static T? TryParse<T>(byte[] body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Printable(string? text) =>
        text is null ? null : new string([.. text.Where(c => !char.IsControl(c)).Take(300)]);
}
