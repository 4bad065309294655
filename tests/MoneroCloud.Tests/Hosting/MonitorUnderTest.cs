using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>The monitor's host in this process, on a free port, with triggers of the test; spoken to over a raw socket.</summary>
internal sealed class MonitorUnderTest : IAsyncDisposable
{
    private readonly TaskCompletionSource<int> _signal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _hurry = new();
    private readonly LinesLog _log = new();
    private readonly IPEndPoint _address;

    private MonitorUnderTest(bool handler, int port, Func<MonitorParts, MonitorParts> compose, bool all)
    {
        _address = new IPEndPoint(IPAddress.Loopback, port);
        HostMode mode = handler ? new HostMode.Handler { Listen = _address } : new HostMode.Standalone { Listen = _address };
        var parts = compose(new MonitorParts { Triggers = [], MapHttp = MapHttp, Bus = new IdleBus(), Time = TimeProvider.System, Logs = _log.Factory });
        var functions = all ? TestFunctions.Shipped : [.. TestFunctions.Shipped.Where(f => f.Trigger is TriggerBinding.Http || parts.Triggers.Any(t => t.Name == f.Name))];
        var host = new MonitorHost(new StartUp.Ready(mode, TestFunctions.Host, functions), parts);
        Listening = host.Listening;
        Ended = host.RunAsync(_signal.Task, _hurry.Token);
    }

    public Task Listening { get; }

    public Task<int> Ended { get; }

    public IReadOnlyList<string> Lines => _log.Lines;

    public int Port => _address.Port;

    /// <summary>Not waited for: it may end instead of listening.</summary>
    /// <param name="all">With all functions as they are shipped; else only with those that have a trigger.</param>
    public static MonitorUnderTest Begin(bool handler, Func<MonitorParts, MonitorParts> compose, int? port = null, bool all = false) =>
        new(handler, port ?? FreePort.Next(), compose, all);

    public static async Task<MonitorUnderTest> StartAsync(bool handler, params ITrigger[] triggers)
    {
        var monitor = Begin(handler, parts => parts with { Triggers = triggers });
        await monitor.ListensAsync();
        return monitor;
    }

    public Task ListensAsync() => Listening.WaitAsync(TimeSpan.FromSeconds(20));

    public Task<int> EndsAsync() => Ended.WaitAsync(TimeSpan.FromSeconds(20));

    public void Signal(int number) => _signal.TrySetResult(number);

    public Task HurryAsync() => _hurry.CancelAsync();

    /// <summary>As the Functions host does it.</summary>
    public Task<string> PostAsync(string name, byte[] payload) => SendAsync(
        Encoding.Latin1.GetBytes($"POST /{name} HTTP/1.1\r\nHost: 127.0.0.1:{Port}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {payload.Length}\r\n\r\n"),
        payload);

    /// <summary>What comes back until the server closes.</summary>
    public async Task<string> SendAsync(params byte[][] parts)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        using var client = new TcpClient();
        await client.ConnectAsync(_address, limit.Token);
        var stream = client.GetStream();
        var answer = new MemoryStream();
        try
        {
            foreach (var part in parts)
            {
                await stream.WriteAsync(part, limit.Token);
            }

            await stream.CopyToAsync(answer, limit.Token);
        }
        catch (IOException)
        {
            // The server has closed on what it does not take; what it had answered counts.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        _signal.TrySetResult(15);
        await _hurry.CancelAsync();
        Assert.True(await EndsAsync() >= 0);
        _hurry.Dispose();
        _log.Dispose();
    }

    private static void MapHttp(WebApplication app)
    {
        app.Map("/api/{*path}", (HttpContext context) => context.Response.WriteAsync($"api took {context.Request.Path}"));
        app.Map("/dashboard/{*path}", (HttpContext context) => context.Response.WriteAsync($"dashboard took {context.Request.Path}"));
        app.MapPost("/api/throw", (HttpContext _) => throw new InvalidOperationException("a secret of the stack"));
        app.MapPost("/api/echo", async (HttpContext context) => await context.Request.Body.CopyToAsync(context.Response.Body));
    }
}
