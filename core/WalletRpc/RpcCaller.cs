using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MoneroCloud.Core;

/// <summary>Makes one call at a time over one connection, within a deadline, and turns all that can happen into a value.</summary>
internal sealed class RpcCaller(WalletRpcTarget target, TimeProvider time) : IDisposable
{
    private readonly RpcConnection connection = new(target);
    private readonly BoundedBody body = new();

    /// <summary>
    /// Sends the request, once more on a new connection when the kept one turned out to be closed by the node, or a nonce to be stale.
    /// </summary>
    public async Task<RpcResult<TResult>> CallAsync<TResult>(
        RpcRequest request, JsonTypeInfo<RpcEnvelope<TResult>> type, TimeSpan deadline, CancellationToken cancellation)
        where TResult : class
    {
        using var limit = new CancellationTokenSource(deadline, time);
        using var link = cancellation.UnsafeRegister(static limit => ((CancellationTokenSource)limit!).Cancel(), limit);
        var openedBefore = connection.Opened;
        var result = await TryAsync(request, type, deadline, limit.Token, cancellation);
        if (!IsWorthARepeat(result, openedBefore))
        {
            return result;
        }

        connection.Close();
        return await TryAsync(request, type, deadline, limit.Token, cancellation);
    }

    public void Close() => connection.Close();

    public void Dispose() => connection.Dispose();

    private bool IsWorthARepeat<TResult>(RpcResult<TResult> result, int openedBefore)
        where TResult : class => result switch
        {
            RpcResult<TResult>.NoAnswer { Why: ApiAnswer.Unauthorized { Stale: true } } => true,
            RpcResult<TResult>.NoAnswer { Why: ApiAnswer.Reset } => connection.Opened == openedBefore,
            _ => false,
        };

    private async Task<RpcResult<TResult>> TryAsync<TResult>(
        RpcRequest request, JsonTypeInfo<RpcEnvelope<TResult>> type, TimeSpan deadline, CancellationToken limit, CancellationToken cancellation)
        where TResult : class
    {
        var begun = time.GetTimestamp();
        try
        {
            using var response = await connection.SendAsync(request, limit);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => await ReadAsync(response, request, type, begun, limit),
                HttpStatusCode.Unauthorized => None<TResult>(new ApiAnswer.Unauthorized(DigestChallenge.IsStale(response))),
                var status => None<TResult>(new ApiAnswer.HttpStatus((int)status)),
            };
        }
        catch (Exception failure)
        {
            connection.Close();
            cancellation.ThrowIfCancellationRequested();
            return None<TResult>(limit.IsCancellationRequested
                ? new ApiAnswer.TimedOut(deadline)
                : RpcFailure.Of(failure, time.GetElapsedTime(begun)));
        }
    }

    private async ValueTask<RpcResult<TResult>> ReadAsync<TResult>(
        HttpResponseMessage response, RpcRequest request, JsonTypeInfo<RpcEnvelope<TResult>> type, long begun, CancellationToken limit)
        where TResult : class
    {
        try
        {
            using var stream = await response.Content.ReadAsStreamAsync(limit);
            if (await body.ReadAsync(stream, limit) is not { } answer)
            {
                connection.Close();
                return None<TResult>(new ApiAnswer.NotJsonRpc("larger than 1 MiB"));
            }

            return Understand(answer.Span, request, type, time.GetElapsedTime(begun));
        }
        catch (IOException)
        {
            connection.Close();
            return None<TResult>(new ApiAnswer.NotJsonRpc("answer cut off"));
        }
    }

    private static RpcResult<TResult> Understand<TResult>(
        ReadOnlySpan<byte> answer, RpcRequest request, JsonTypeInfo<RpcEnvelope<TResult>> type, TimeSpan latency)
        where TResult : class
    {
        try
        {
            return JsonSerializer.Deserialize(answer, type) switch
            {
                { Error: { Code: { } code, Message: var message } } =>
                    new RpcResult<TResult>.Error(code, RpcErrorText.Of(message)),
                { Error: null, Result: { } result } => new RpcResult<TResult>.Got(result, latency),
                _ => None<TResult>(new ApiAnswer.NotJsonRpc("neither result nor error")),
            };
        }
        catch (JsonException)
        {
            return None<TResult>(new ApiAnswer.NotJsonRpc("not the JSON of an answer"));
        }
    }

    private static RpcResult<TResult>.NoAnswer None<TResult>(ApiAnswer why)
        where TResult : class => new(why);
}
