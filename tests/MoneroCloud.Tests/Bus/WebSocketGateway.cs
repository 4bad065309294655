using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests;

/// <summary>Service Bus's door on 443 before a broker that knows only TCP: TLS, its path, its subprotocol, and the bytes as they come.</summary>
internal sealed class WebSocketGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _opened;

    private WebSocketGateway(WebApplication app, int port) => (_app, Port) = (app, port);

    public int Port { get; }

    /// <summary>Connections that asked as Service Bus wants it.</summary>
    public int Opened => Volatile.Read(ref _opened);

    public static async Task<WebSocketGateway> StartAsync(int broker, X509Certificate2 certificate)
    {
        var port = FreePort.Next();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, listen => listen.UseHttps(certificate)));
        var gateway = new WebSocketGateway(builder.Build(), port);
        gateway._app.UseWebSockets();
        gateway._app.Run(context => gateway.PassAsync(context, broker));
        await gateway._app.StartAsync();
        return gateway;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task PassAsync(HttpContext context, int broker)
    {
        if (context.Request.Path != "/$servicebus/websocket" || !context.WebSockets.WebSocketRequestedProtocols.Contains("AMQPWSB10"))
        {
            context.Response.StatusCode = 404;
            return;
        }

        Interlocked.Increment(ref _opened);
        using var socket = await context.WebSockets.AcceptWebSocketAsync("AMQPWSB10");
        using var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync("127.0.0.1", broker);
        try
        {
            await Task.WhenAny(UpAsync(socket, tcp.GetStream()), DownAsync(tcp.GetStream(), socket));
        }
        finally
        {
            socket.Abort();
        }
    }

    private static async Task UpAsync(WebSocket socket, NetworkStream broker)
    {
        var buffer = new byte[65_536];
        while (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: WebSocketMessageType.Binary } read)
        {
            await broker.WriteAsync(buffer.AsMemory(0, read.Count));
        }
    }

    private static async Task DownAsync(NetworkStream broker, WebSocket socket)
    {
        var buffer = new byte[65_536];
        while (await broker.ReadAsync(buffer) is > 0 and var length)
        {
            await socket.SendAsync(buffer.AsMemory(0, length), WebSocketMessageType.Binary, true, CancellationToken.None);
        }
    }
}
