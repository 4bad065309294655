using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;

namespace MoneroCloud.Core;

/// <summary>Makes calls of the monitor's API within a deadline, and turns all that can happen into a value.</summary>
internal sealed class MonitorConnection : IDisposable
{
    /// <summary>The largest answer, in bytes.</summary>
    public const int LargestAnswer = 4 << 20;

    private const int MostCandidates = 50;

    private readonly MonitorTarget target;
    private readonly HttpClient http;
    private readonly bool owned;
    private readonly TimeProvider time;

    /// <param name="given">Null opens connections of its own.</param>
    /// <exception cref="ArgumentException">The target is none that may be asked.</exception>
    public MonitorConnection(MonitorTarget target, HttpClient? given, TimeProvider time)
    {
        if (target.Problem() is { } problem)
        {
            throw new ArgumentException($"The monitor's address {problem}.", nameof(target));
        }

        this.target = target;
        this.time = time;
        owned = given is null;
        http = given ?? new HttpClient(Handler(target)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task<MonitorReply<T>> CallAsync<T>(MonitorCall<T> call, CancellationToken cancellation)
        where T : class
    {
        var deadline = target.Deadline + call.Wait;
        var begun = time.GetTimestamp();
        using var limit = new CancellationTokenSource(deadline, time);
        using var link = cancellation.UnsafeRegister(static limit => ((CancellationTokenSource)limit!).Cancel(), limit);
        try
        {
            using var request = Request(call);
            var asked = request.RequestUri;
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return (response.RequestMessage?.RequestUri ?? asked) == asked
                ? await ReadAsync(response, call, limit.Token)
                : None<T>("redirects to another address, and the given HttpClient followed");
        }
        // A connection that is reset while it is set up comes as the bare error of the socket.
        catch (Exception failure) when (failure is HttpRequestException or SocketException or IOException or OperationCanceledException or InvalidOperationException)
        {
            cancellation.ThrowIfCancellationRequested();
            return None<T>(limit.IsCancellationRequested ? MonitorFailure.Late(deadline) : MonitorFailure.Of(failure, time.GetElapsedTime(begun)));
        }
    }

    public void Dispose()
    {
        if (owned)
        {
            http.Dispose();
        }
    }

    private static SocketsHttpHandler Handler(MonitorTarget target) => new()
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = target.Deadline,
        MaxResponseDrainSize = 16 << 10,
        MaxResponseHeadersLength = 64,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        // A name is looked up again now and then.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
        // Through TLS a proxy sees nothing; over http it would be given the key.
        UseProxy = target.Address.Scheme == Uri.UriSchemeHttps,
    };

    private HttpRequestMessage Request<T>(MonitorCall<T> call)
        where T : class
    {
        var request = new HttpRequestMessage(call.Method, new Uri(target.Address, call.Path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (target.Key is { } key)
        {
            request.Headers.TryAddWithoutValidation(Names.KeyHeader, key.Reveal());
        }

        if (call.Method != HttpMethod.Get)
        {
            // Without a body the library would send an order again when a kept connection breaks.
            request.Content = new ByteArrayContent(call.Body);
            request.Content.Headers.ContentType = call.Body.Length > 0 ? new MediaTypeHeaderValue("application/json") : null;
        }

        return request;
    }

    private async Task<MonitorReply<T>> ReadAsync<T>(HttpResponseMessage response, MonitorCall<T> call, CancellationToken limit)
        where T : class
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
        {
            return None<T>($"redirects to another address (HTTP status {status}), which is not followed");
        }

        using var stream = await response.Content.ReadAsStreamAsync(limit);
        if (await new BoundedBody(LargestAnswer).ReadAsync(stream, limit) is not { } body)
        {
            return None<T>($"answered more than {LargestAnswer >> 20} MiB");
        }

        var problem = response.Content.Headers.ContentType?.MediaType == Problem.ContentType;
        var good = status is 200 or 201 or 202 or 204 || (status == 503 && call.TakesUnavailable && !problem);
        return good ? Understand(status, body, call) : Refusal<T>(status, problem, body.Span);
    }

    private static MonitorReply<T> Understand<T>(int status, ReadOnlyMemory<byte> body, MonitorCall<T> call)
        where T : class
    {
        try
        {
            return call.Read(status, body) is { } value ? new MonitorReply<T>.Got(value) : None<T>("answered null");
        }
        catch (Exception e) when (IsOfJson(e))
        {
            return None<T>($"answered something else than a monitor does (HTTP status {status}); is this a monitor's address, and of this version?");
        }
    }

    private MonitorReply<T> Refusal<T>(int status, bool problem, ReadOnlySpan<byte> body)
        where T : class => problem && TryRead(body) is { Title.Length: > 0 } told
            ? new MonitorReply<T>.Refused(status, Shown(told.Title), Shown(told.Detail)) { Candidates = [.. (told.Candidates ?? []).Take(MostCandidates).Select(Shown)] }
            : None<T>($"answered HTTP status {status} without a monitor's reason; is this a monitor's address?");

    private static Problem? TryRead(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ApiJson.Default.Problem);
        }
        catch (Exception e) when (IsOfJson(e))
        {
            return null;
        }
    }

    // Beside JsonException: a string that is no UTF-8, and a discriminator of no known case.
    private static bool IsOfJson(Exception e) => e is JsonException or InvalidOperationException or NotSupportedException;

    private string Shown(string? text) => ShownText.Of(text, target.Key);

    private static MonitorReply<T>.NoAnswer None<T>(string reason)
        where T : class => new(reason);
}
