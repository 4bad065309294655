using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Answers GET on one loopback port, a request a connection: <c>/metrics</c>, and at <c>/</c> where that is. Small on purpose, since it lives beside wallets: a
/// bounded head, no bodies, a time limit, few connections at once.
/// </summary>
internal sealed class MetricsServer : IAsyncDisposable
{
    public const int MostConnections = 8;

    private const string Nowhere = "monerocloud agent: /metrics\n";

    private static readonly TimeSpan HeadWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GoneWithin = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly Func<MetricsFormat, ReadOnlyMemory<byte>> _metrics;
    private readonly TimeProvider _time;
    private readonly AgentLog _log;
    private readonly Socket _listener;
    private readonly Task _accepting;
    private volatile bool _closing;
    private int _open;

    /// <param name="metrics">Called for each scrape, on any thread.</param>
    /// <exception cref="SocketException">It cannot listen there.</exception>
    public MetricsServer(IPEndPoint listen, Func<MetricsFormat, ReadOnlyMemory<byte>> metrics, TimeProvider time, AgentLog log)
    {
        (_metrics, _time, _log) = (metrics, time, log);
        _listener = Listen(listen);
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens; its port is the real one where 0 was asked for.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>The port is free at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_closing)
        {
            return;
        }

        _closing = true;
        _listener.Dispose();
        await _stop.CancelAsync();
        await _accepting;
        _stop.Dispose();
    }

    private static Socket Listen(IPEndPoint at)
    {
        var listener = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(at);
            listener.Listen(2 * MostConnections);
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            throw;
        }
    }

    private async Task AcceptAsync()
    {
        var talking = new List<Task>();
        while (!_closing)
        {
            try
            {
                var client = await _listener.AcceptAsync(_stop.Token);
                talking.RemoveAll(t => t.IsCompleted);
                talking.Add(ServeAsync(client));
            }
            catch (Exception e) when (_closing && (e is OperationCanceledException or ObjectDisposedException or SocketException))
            {
                break;
            }
            catch (SocketException e)
            {
                _log.Write("metrics", $"could not accept a connection: {e.SocketErrorCode}");
                await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1), _time, _stop.Token));
            }
        }

        await Task.WhenAll(talking);
    }

    /// <summary>Observes itself: whatever happens to one client is that client's affair.</summary>
    private async Task ServeAsync(Socket client)
    {
        using var limit = new CancellationTokenSource(AnswerWithin, _time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token);
        var isOne = Interlocked.Increment(ref _open) <= MostConnections;
        try
        {
            await SendAsync(client, isOne ? await RequestAsync(client, end.Token) : new MetricsRequest.Refused(HttpStatusCode.ServiceUnavailable, "too many at once"), end.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It went away, is too slow, or the agent ends.
        }
        catch (Exception bug)
        {
            _log.Bug("metrics", "answer a request", bug);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
            client.Dispose();
        }
    }

    private async Task<MetricsRequest> RequestAsync(Socket client, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(HeadWithin, _time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var head = ArrayPool<byte>.Shared.Rent(MetricsRequest.LongestHead);
        try
        {
            for (var filled = 0; filled < MetricsRequest.LongestHead;)
            {
                var read = await client.ReceiveAsync(head.AsMemory(filled, MetricsRequest.LongestHead - filled), SocketFlags.None, end.Token);
                filled += read;
                if (head.AsSpan(0, filled).IndexOf("\r\n\r\n"u8) is var length and >= 0)
                {
                    return MetricsRequest.Read(head.AsSpan(0, length));
                }

                if (read == 0)
                {
                    return new MetricsRequest.Refused(HttpStatusCode.BadRequest, "the request is not whole");
                }
            }

            return new MetricsRequest.Refused(HttpStatusCode.RequestHeaderFieldsTooLarge, $"a request's head has at most {MetricsRequest.LongestHead} bytes");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new MetricsRequest.Refused(HttpStatusCode.RequestTimeout, $"the request was not whole within {HeadWithin.TotalSeconds} s");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }
    }

    private async Task SendAsync(Socket client, MetricsRequest request, CancellationToken cancellation)
    {
        var (status, type, body) = Answer(request);
        var head = Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {(int)status} {status}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n{(status == HttpStatusCode.MethodNotAllowed ? "Allow: GET, HEAD\r\n" : "")}\r\n");
        await WriteAsync(client, head, cancellation);
        if (request is not MetricsRequest.Page { HeadOnly: true })
        {
            await WriteAsync(client, body, cancellation);
        }

        await GoneAsync(client, cancellation);
    }

    private (HttpStatusCode Status, string Type, ReadOnlyMemory<byte> Body) Answer(MetricsRequest request) => request switch
    {
        MetricsRequest.Page { Path: "/metrics" } page => (HttpStatusCode.OK, MetricsContent.TypeOf(page.Format), _metrics(page.Format)),
        MetricsRequest.Page { Path: "/" } => (HttpStatusCode.OK, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(Nowhere)),
        MetricsRequest.Refused refused => (refused.Status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(refused.Why + "\n")),
        _ => (HttpStatusCode.NotFound, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(Nowhere)),
    };

    private static async Task WriteAsync(Socket client, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await client.SendAsync(bytes, SocketFlags.None, cancellation)..];
        }
    }

    /// <summary>Closed with something unread, a connection is reset, and the answer with it: so the client closes first, if it does so soon.</summary>
    private async Task GoneAsync(Socket client, CancellationToken cancellation)
    {
        client.Shutdown(SocketShutdown.Send);
        using var limit = new CancellationTokenSource(GoneWithin, _time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var rest = ArrayPool<byte>.Shared.Rent(512);
        try
        {
            while (await client.ReceiveAsync(rest, SocketFlags.None, end.Token) > 0)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rest);
        }
    }
}
