using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The channel kind <c>ntfy</c>: one push message, as JSON to the server's root. The receipt has ntfy's own id of it.</summary>
internal sealed class NtfyNotifier : INotifier, IDisposable
{
    /// <summary>Of the message itself: ntfy makes an attachment of what has more than 4,096.</summary>
    public const int MostTextBytes = 3_900;

    private const int LongestAnswer = 16 * 1024;

    /// <summary>How many alerts, and how much of each one's text.</summary>
    private static readonly (int Shown, int LongestText)[] Plans = [(20, 600), (20, 150), (12, 80), (6, 60), (1, 100)];

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpPoster _http;
    private readonly Uri _server;
    private readonly string _topic;
    private readonly string? _token;

    /// <param name="deadline">Of one try; null: <see cref="SendLimit.Default"/>.</param>
    public NtfyNotifier(NtfyChannel channel, AlertSecrets secrets, TimeProvider time, TimeSpan? deadline = null)
    {
        var address = secrets.Reveal(channel.Url);
        (_server, _topic) = (new Uri(address.GetLeftPart(UriPartial.Authority) + "/"), address.AbsolutePath[1..]);
        _token = channel.Token is { } token ? secrets.Reveal(token) : null;
        (Channel, _http) = (channel.Name, new HttpPoster(time, deadline, Redaction.Address(address, _token ?? ""), channel.Trust));
    }

    public string Channel { get; }

    public Task<Notified> SendAsync(Notice notice, CancellationToken cancellation) => _http.PostAsync(
        _ => ValueTask.FromResult(Request(notice)),
        async (response, limit) => await IdAsync(response, limit),
        cancellation);

    public void Dispose() => _http.Dispose();

    public static byte[] Body(Notice notice, string topic)
    {
        var digest = NoticeDigest.Of(notice);
        var body = new JsonObject
        {
            ["topic"] = topic,
            ["title"] = digest.Headline,
            ["message"] = Encoding.UTF8.GetString(Fitting.First(Plans, plan => Encoding.UTF8.GetBytes(Text(NoticeDigest.Of(notice, plan.Shown, plan.LongestText))), MostTextBytes)),
            ["priority"] = digest.Severity switch { AlertSeverity.Critical => 5, AlertSeverity.Warning => 4, _ => 2 },
            ["tags"] = new JsonArray(digest.Severity switch { AlertSeverity.Critical => "rotating_light", AlertSeverity.Warning => "warning", _ => "white_check_mark" }),
            // A server that knows it (2.16 and later) shows a repeat in the place of the first.
            ["sequence_id"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(notice.Key)))[..32],
        };
        if (digest.Link is { } link)
        {
            body["click"] = link.AbsoluteUri;
        }

        return Encoding.UTF8.GetBytes(body.ToJsonString(Json));
    }

    private static string Text(NoticeDigest digest)
    {
        var lines = digest.Shown.Length == 1 && digest.More == 0
            ? [digest.Shown[0].Text, digest.Shown[0].Facts]
            : digest.Shown.Select(i => string.Create(CultureInfo.InvariantCulture, $"• {i.Title}: {i.Text}")).ToList();
        return string.Join('\n', digest.MoreText is { } more ? [.. lines, more] : lines);
    }

    private HttpRequestMessage Request(Notice notice)
    {
        var request = HttpPoster.Request(_server, notice.Key, Body(notice, _topic));
        if (_token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        }

        return request;
    }

    private static async Task<string?> IdAsync(HttpResponseMessage response, CancellationToken limit)
    {
        var answer = new byte[LongestAnswer];
        await using var stream = await response.Content.ReadAsStreamAsync(limit);
        var length = await stream.ReadAtLeastAsync(answer, LongestAnswer, throwOnEndOfStream: false, limit);
        return JsonNode.Parse(answer.AsSpan(0, length)) is JsonObject told && told["id"] is JsonValue id && id.TryGetValue(out string? text) ? text : null;
    }
}
