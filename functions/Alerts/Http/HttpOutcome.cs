using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MoneroCloud.Functions;

/// <summary>What an answer over HTTP, or none, means for an alert. Nothing of an address or of a body is in it: either may hold a secret.</summary>
internal static class HttpOutcome
{
    public static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private const int LongestReason = 200;

    /// <param name="retryAfter">Seconds, or a date; null where the receiver asks for none.</param>
    public static Notified Of(HttpStatusCode status, RetryConditionHeaderValue? retryAfter, DateTimeOffset now) => (int)status switch
    {
        >= 200 and < 300 => new Notified.Delivered($"HTTP {(int)status}"),
        408 or 425 or 429 or >= 500 => new Notified.Deferred($"HTTP {(int)status}", Wait(retryAfter, now)),
        >= 300 and < 400 => new Notified.Refused($"HTTP {(int)status}: a redirect, which is not followed"),
        _ => new Notified.Refused($"HTTP {(int)status}"),
    };

    /// <summary>There was no answer. A connection that is reset while it is set up comes as the bare error of the socket.</summary>
    public static Notified.Deferred Of(Exception failure) => new(
        (failure.InnerException ?? failure) switch
        {
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "the connection was refused",
            SocketException socket => $"no connection: {socket.SocketErrorCode}",
            AuthenticationException tls => $"no TLS: {CleanText.Line(tls.Message, LongestReason)}",
            _ => (failure as HttpRequestException)?.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => "its host was not found",
                null or HttpRequestError.ResponseEnded or HttpRequestError.Unknown => "the connection ended before an answer",
                var error => $"no answer: {error}",
            },
        },
        null);

    private static TimeSpan? Wait(RetryConditionHeaderValue? asked, DateTimeOffset now)
    {
        var wait = asked?.Delta ?? (asked?.Date - now);
        return wait is null ? null : wait < ShortestWait ? ShortestWait : wait > LongestWait ? LongestWait : wait;
    }
}
