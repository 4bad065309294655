using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace MoneroCloud.Core;

/// <summary>One HTTP connection to one node, opened when needed and thrown away at the first doubt. Not for use by two at once.</summary>
internal sealed class RpcConnection : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly WalletRpcTarget target;
    private readonly Uri endpoint;
    private readonly IPEndPoint? address;
    private HttpMessageInvoker http;

    public RpcConnection(WalletRpcTarget target)
    {
        this.target = target;
        endpoint = target.Endpoint();
        address = IPAddress.TryParse(endpoint.IdnHost, out var ip) ? new IPEndPoint(ip, endpoint.Port) : null;
        http = Open();
    }

    /// <summary>Connections opened so far: unchanged by a call that went over a kept one.</summary>
    public int Opened { get; private set; }

    public Task<HttpResponseMessage> SendAsync(RpcRequest request, CancellationToken cancellation)
    {
        // A chunked body would be read as empty by wallet-rpc; an array's length is always sent.
        var message = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(request.Body) };
        message.Content.Headers.ContentType = Json;
        return http.SendAsync(message, cancellation);
    }

    /// <summary>Closes the connection, and with it whatever the library still does in the background for it.</summary>
    public void Close()
    {
        http.Dispose();
        http = Open();
    }

    public void Dispose() => http.Dispose();

    // One handler is one pool of one connection. wallet-rpc binds a nonce to its connection, so a digest's two legs must share one,
    // and the pool must be thrown away to close it: "Connection: close" would end it between the legs.
    private HttpMessageInvoker Open() => new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectCallback = ConnectAsync,
        ConnectTimeout = target.Deadline,
        Credentials = DigestOnly(),
        MaxConnectionsPerServer = 1,
        MaxResponseDrainSize = 16 << 10,
        MaxResponseHeadersLength = 16,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        PooledConnectionLifetime = target.ConnectionLifetime,
        SslOptions = CertificateTrust.OptionsFor(target.Trust),
        UseCookies = false,
        UseProxy = false,
    });

    // With bare credentials the library would give the password in clear text to whoever took the port and asks for Basic.
    private CredentialCache? DigestOnly()
    {
        if (target.Login is not { } login)
        {
            return null;
        }

        return new CredentialCache { { endpoint, "Digest", new NetworkCredential(login.User, login.Password) } };
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        Opened++;
        var socket = address is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp)
            : new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            await socket.ConnectAsync((EndPoint?)address ?? context.DnsEndPoint, cancellation);
            if (Equals(socket.LocalEndPoint, socket.RemoteEndPoint))
            {
                // A closed loopback port among the ephemeral ones was connected to itself.
                throw new SocketException((int)SocketError.ConnectionRefused);
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
