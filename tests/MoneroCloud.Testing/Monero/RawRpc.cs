using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MoneroCloud.Testing;

/// <summary>JSON-RPC as a shell's curl would do it, so that fixtures do not depend on the client under test.</summary>
public static class RawRpc
{
    /// <summary>The answer's <c>result</c>.</summary>
    /// <exception cref="InvalidOperationException">Anything else came back.</exception>
    public static async Task<JsonElement> CallAsync(
        Uri address, string method, string parameters = "{}", string? user = null, string? password = null)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        if (user is not null)
        {
            handler.Credentials = new CredentialCache { { address, "Digest", new NetworkCredential(user, password) } };
        }

        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(30) };
        var body = $$"""{"jsonrpc":"2.0","id":"0","method":"{{method}}","params":{{parameters}}}""";
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await client.PostAsync(new Uri(address, "/json_rpc"), content);
        var text = await response.Content.ReadAsStringAsync();
        using var document = response.StatusCode == HttpStatusCode.OK ? JsonDocument.Parse(text) : null;
        return document is not null && document.RootElement.TryGetProperty("result", out var result)
            ? result.Clone()
            : throw new InvalidOperationException($"{method}: {(int)response.StatusCode} {text}");
    }
}
