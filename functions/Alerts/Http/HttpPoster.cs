using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Posts JSON for a channel, once a call: no retry, no redirect, no cookie. Its results hold nothing of what it sends, nor of where to.</summary>
internal sealed class HttpPoster : IDisposable
{
    public const string KeyHeader = "X-MoneroCloud-Key";

    /// <summary>The same as <see cref="KeyHeader"/>, as others call it.</summary>
    public const string IdempotencyHeader = "Idempotency-Key";

    private const int LongestId = 100;

    /// <summary>After it a name is resolved anew.</summary>
    private static readonly TimeSpan ConnectionKept = TimeSpan.FromMinutes(2);

    private readonly HttpClient _client;
    private readonly TimeProvider _time;
    private readonly TimeSpan _deadline;
    private readonly Redaction _redaction;

    public HttpPoster(TimeProvider time, TimeSpan? deadline, Redaction redaction, TlsTrust? trust = null)
    {
        (_time, _deadline, _redaction) = (time, deadline ?? SendLimit.Default, redaction);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = ConnectionKept,
            SslOptions = CertificateTrust.OptionsFor(trust ?? new TlsTrust.SystemRoots()),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, // The limit of each call does it.
        };
    }

    public static HttpRequestMessage Request(Uri address, string key, byte[] json)
    {
        var content = new ByteArrayContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        return new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = content,
            Headers = { { KeyHeader, key }, { IdempotencyHeader, key }, { "User-Agent", "MoneroCloud" } },
        };
    }

    /// <param name="make">Called within the limit, so it may ask somebody for a token.</param>
    /// <param name="id">The receiver's name for the message, for the receipt; null where it gives none.</param>
    public async Task<Notified> PostAsync(
        Func<CancellationToken, ValueTask<HttpRequestMessage>> make, Func<HttpResponseMessage, CancellationToken, ValueTask<string?>> id, CancellationToken cancellation)
    {
        using var limit = new SendLimit(_deadline, _time, cancellation);
        try
        {
            using var request = await make(limit.Token);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var outcome = HttpOutcome.Of(response.StatusCode, response.Headers.RetryAfter, _time.GetUtcNow());
            return outcome is Notified.Delivered taken ? await WithIdAsync(taken, () => id(response, limit.Token), cancellation) : outcome;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return SendLimit.Exceeded(_deadline);
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            return HttpOutcome.Of(failure);
        }
    }

    /// <summary>The first of the headers that is there.</summary>
    public static string? Header(HttpResponseMessage response, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (response.Headers.TryGetValues(name, out var values))
            {
                return values.First();
            }
        }

        return null;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>It has been taken: what goes wrong with the rest of the answer changes nothing.</summary>
    private async Task<Notified> WithIdAsync(Notified.Delivered taken, Func<ValueTask<string?>> id, CancellationToken cancellation)
    {
        try
        {
            return await id() is { Length: > 0 } told ? new Notified.Delivered($"{taken.Receipt}, {CleanText.Line(_redaction.Hide(told), LongestId)}") : taken;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException or JsonException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return taken;
        }
    }
}
