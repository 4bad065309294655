using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// The channel kind <c>webhook</c>: one <see cref="WebhookMessage"/> a message, with its key in the headers and, where there is a key for it, signed. The
/// receipt has what the receiver calls it in <c>X-Request-Id</c>.
/// </summary>
internal sealed class WebhookNotifier : INotifier, IDisposable
{
    /// <summary><c>t=UNIX,v1=HEX</c>: the HMAC-SHA256 of <c>UNIX.BODY</c>.</summary>
    public const string SignatureHeader = "X-MoneroCloud-Signature";

    public const int MostBytes = 256 * 1024;

    private static readonly Plan[] Plans = [new(20, 600, 16, 1_000), new(20, 600, 0, 1_000), new(20, 200, 0, 400), new(5, 100, 0, 0)];

    private readonly HttpPoster _http;
    private readonly Uri _address;
    private readonly byte[]? _key;
    private readonly TimeProvider _time;

    /// <param name="deadline">Of one try; null: <see cref="SendLimit.Default"/>.</param>
    public WebhookNotifier(WebhookChannel channel, AlertSecrets secrets, TimeProvider time, TimeSpan? deadline = null)
    {
        Channel = channel.Name;
        var key = channel.Key is { } name ? secrets.Reveal(name) : null;
        (_address, _key) = (secrets.Reveal(channel.Url), key is null ? null : Encoding.UTF8.GetBytes(key));
        (_http, _time) = (new HttpPoster(time, deadline, Redaction.Address(_address, key ?? ""), channel.Trust), time);
    }

    public string Channel { get; }

    public Task<Notified> SendAsync(Notice notice, CancellationToken cancellation)
    {
        var body = Body(notice);
        return _http.PostAsync(
            _ => ValueTask.FromResult(Signed(HttpPoster.Request(_address, notice.Key, body), body)),
            (response, _) => ValueTask.FromResult(HttpPoster.Header(response, "X-Request-Id")),
            cancellation);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>At most <see cref="MostBytes"/>.</summary>
    public static byte[] Body(Notice notice) => Fitting.First(Plans, plan => JsonSerializer.SerializeToUtf8Bytes(Message(notice, plan), MonitorJson.Default.WebhookMessage), MostBytes);

    public static string Signature(byte[] key, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(time + "."), .. body];
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(key, signed))}";
    }

    private HttpRequestMessage Signed(HttpRequestMessage request, byte[] body)
    {
        if (_key is not null)
        {
            request.Headers.Add(SignatureHeader, Signature(_key, _time.GetUtcNow(), body));
        }

        return request;
    }

    private static WebhookMessage Message(Notice notice, Plan plan)
    {
        var (digest, items) = (NoticeDigest.Of(notice, 1), NoticeDigest.WorstFirst(notice));
        return new WebhookMessage
        {
            Version = WebhookMessage.PresentVersion,
            Key = notice.Key,
            At = notice.At,
            Severity = notice.Severity,
            Headline = digest.Headline,
            Total = items.Length,
            Alerts = [.. items.Take(plan.Full).Select(i => WebhookAlert.Of(i, plan.LongestText, plan.Labels))],
            Others = [.. items.Skip(plan.Full).Take(plan.Others).Select(WebhookOther.Of)],
            Link = digest.Link?.AbsoluteUri,
        };
    }

    /// <summary>How much is told.</summary>
    private sealed record Plan(int Full, int LongestText, int Labels, int Others);
}
