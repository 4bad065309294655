using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;

namespace MoneroCloud.Agent;

/// <summary>Posts the silent-monitor notice. Its address may hold a secret, and is in no text.</summary>
internal static class Webhook
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <returns>Null is success, else what went wrong.</returns>
    public static async Task<string?> PostAsync(Secret address, SilenceNotice notice, CancellationToken cancellation)
    {
        try
        {
            // Made when it is needed: an agent whose monitor answers never pays for it.
            using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
            using var client = new HttpClient(handler) { Timeout = Deadline, MaxResponseContentBufferSize = 64 * 1024 };
            using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(notice, LinkJson.Default.SilenceNotice));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await client.PostAsync(new Uri(address.Reveal()), content, cancellation);
            return response.IsSuccessStatusCode ? null : $"HTTP {(int)response.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError.ToString();
        }
        // As one that is reset while it is set up.
        catch (SocketException e)
        {
            return e.SocketErrorCode.ToString();
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"no answer within {Deadline.TotalSeconds:0} s";
        }
    }
}
