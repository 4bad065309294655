using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Identity;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// The channel kind <c>azureMail</c>: one mail over the REST interface of Azure Communication Services, with the app's identity. Accepted is not yet in a
/// mailbox: the receipt has the operation, by which the portal and the CLI tell how it ended.
/// </summary>
internal sealed class AzureMailNotifier : INotifier, IDisposable
{
    /// <summary>With its slash: without, "emails" would be read as a scheme.</summary>
    private const string Path = "/emails:send?api-version=2023-03-31";

    private const string Scope = "https://communication.azure.com/.default";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly AzureMailChannel _channel;
    private readonly TokenCredential _identity;
    private readonly HttpPoster _http;

    /// <param name="identity">As <see cref="Identity"/> makes it.</param>
    /// <param name="deadline">Of one try; null: <see cref="SendLimit.Default"/>.</param>
    public AzureMailNotifier(AzureMailChannel channel, TokenCredential identity, TimeProvider time, TimeSpan? deadline = null) =>
        (_channel, _identity, _http) = (channel, identity, new HttpPoster(time, deadline, Redaction.Nothing));

    public string Channel => _channel.Name;

    /// <summary>The app's managed identity. Nothing is asked before the first mail; the outbox tries again, not the client.</summary>
    public static TokenCredential Identity(AzureMailChannel channel)
    {
        var options = new ManagedIdentityCredentialOptions(
            channel.ClientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(channel.ClientId));
        options.Retry.MaxRetries = 1;
        return new ManagedIdentityCredential(options);
    }

    public async Task<Notified> SendAsync(Notice notice, CancellationToken cancellation)
    {
        try
        {
            return await _http.PostAsync(limit => RequestAsync(notice, limit), (response, _) => ValueTask.FromResult(Operation(response)), cancellation);
        }
        catch (AuthenticationFailedException failure)
        {
            return new Notified.Deferred($"no token of the managed identity ({failure.GetType().Name})", null);
        }
    }

    public void Dispose() => _http.Dispose();

    public static byte[] Body(Notice notice, AzureMailChannel channel)
    {
        var digest = NoticeDigest.Of(notice);
        var thread = MailThread.Of(notice, digest, channel.Sender);
        var headers = new JsonObject { [SmtpMail.KeyHeader] = notice.Key, ["Message-ID"] = $"<{thread.MessageId}>" };
        if (!thread.Roots.IsEmpty)
        {
            headers["In-Reply-To"] = $"<{thread.Roots[0]}>";
            headers["References"] = string.Join(' ', thread.Roots.Select(r => $"<{r}>"));
        }

        var body = new JsonObject
        {
            ["senderAddress"] = channel.Sender,
            ["content"] = new JsonObject { ["subject"] = thread.Subject, ["plainText"] = PlainText.Of(digest, notice.Key), ["html"] = MailHtml.Of(digest, notice.Key) },
            ["recipients"] = new JsonObject { ["to"] = new JsonArray([.. channel.To.Select(to => (JsonNode)new JsonObject { ["address"] = to })]) },
            ["headers"] = headers,
        };
        return Encoding.UTF8.GetBytes(body.ToJsonString(Json));
    }

    private async ValueTask<HttpRequestMessage> RequestAsync(Notice notice, CancellationToken limit)
    {
        var token = await _identity.GetTokenAsync(new TokenRequestContext([Scope]), limit);
        var request = HttpPoster.Request(new Uri(_channel.Endpoint, Path), notice.Key, Body(notice, _channel));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        return request;
    }

    /// <summary>The id in <c>.../emails/operations/ID?api-version=...</c>.</summary>
    private static string? Operation(HttpResponseMessage response) =>
        Uri.TryCreate(HttpPoster.Header(response, "Operation-Location"), UriKind.Absolute, out var location) && Guid.TryParse(location.Segments[^1], out var operation)
            ? $"operation {operation}"
            : null;
}
