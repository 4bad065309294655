using System.Net.Sockets;
using System.Security.Authentication;

namespace MoneroCloud.Core;

/// <summary>What an exception of the HTTP library says about the node, or about our own side.</summary>
internal static class RpcFailure
{
    private const int ReasonLimit = 200;

    /// <param name="elapsed">Since the call began.</param>
    public static ApiAnswer Of(Exception failure, TimeSpan elapsed)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
            {
                return OfSocket(socket.SocketErrorCode, elapsed);
            }
        }

        return OfHttp(failure, elapsed);
    }

    private static ApiAnswer OfSocket(SocketError error, TimeSpan elapsed) => error switch
    {
        SocketError.ConnectionRefused => new ApiAnswer.Refused(),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.NotConnected =>
            new ApiAnswer.Reset(),
        SocketError.TimedOut => new ApiAnswer.TimedOut(elapsed),
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.HostDown or SocketError.NetworkDown
            or SocketError.HostNotFound or SocketError.NoData => new ApiAnswer.Unreachable(error.ToString()),
        // EMFILE, ENFILE, ENOBUFS, ENOMEM, no local port left, our own firewall, a resolver that did not answer, and what we do not know.
        _ => new ApiAnswer.OwnFailure(error.ToString()),
    };

    private static ApiAnswer OfHttp(Exception failure, TimeSpan elapsed) => failure switch
    {
        HttpRequestException { InnerException: AuthenticationException tls } => new ApiAnswer.TlsFailed(Short(tls.Message)),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new ApiAnswer.TlsFailed("handshake cut off"),
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => new ApiAnswer.Reset(),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => new ApiAnswer.NotJsonRpc("not HTTP"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
            new ApiAnswer.NotJsonRpc("headers too large"),
        HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => new ApiAnswer.Reset(),
        HttpIOException => new ApiAnswer.NotJsonRpc("not HTTP"),
        _ when Has<TimeoutException>(failure) => new ApiAnswer.TimedOut(elapsed),
        _ => new ApiAnswer.OwnFailure(failure.GetType().Name),
    };

    private static bool Has<TException>(Exception? failure)
        where TException : Exception =>
        failure is TException || (failure is not null && Has<TException>(failure.InnerException));

    private static string Short(string text) => text.Length > ReasonLimit ? text[..ReasonLimit] : text;
}
