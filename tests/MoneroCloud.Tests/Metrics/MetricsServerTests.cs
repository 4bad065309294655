using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests.Metrics;

/// <summary>The agent's small HTTP server over real sockets.</summary>
public sealed class MetricsServerTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _said = new();
    private readonly MetricsServer _server;
    private int _scrapes;

    public MetricsServerTests() =>
        _server = new MetricsServer(new IPEndPoint(IPAddress.Loopback, 0), _ => { Interlocked.Increment(ref _scrapes); return "a_metric 1\n"u8.ToArray(); }, _time, new AgentLog(_said, _time));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task It_answers_metrics_and_where_they_are()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{_server.Endpoint}") };

        var metrics = await http.GetAsync("/metrics", Cancellation);
        Assert.Equal((HttpStatusCode.OK, "a_metric 1\n"), (metrics.StatusCode, await metrics.Content.ReadAsStringAsync(Cancellation)));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", metrics.Content.Headers.ContentType!.ToString());
        Assert.Contains("/metrics", await http.GetStringAsync("/", Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/etc/passwd", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await http.PostAsync("/metrics", null, Cancellation)).StatusCode);
        using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/metrics"), Cancellation);
        Assert.Equal(11, head.Content.Headers.ContentLength);
        Assert.Equal(2, _scrapes);
    }

    [Fact]
    public async Task A_body_behind_the_head_does_not_cost_the_client_its_answer() =>
        Assert.StartsWith("HTTP/1.1 400 ", await TalkAsync("GET /metrics HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"), StringComparison.Ordinal);

    [Fact]
    public async Task A_head_without_an_end_is_refused_at_its_bound() =>
        Assert.StartsWith("HTTP/1.1 431 ", await TalkAsync("GET /metrics HTTP/1.1\r\nx: " + new string('x', 10_000)), StringComparison.Ordinal);

    [Fact]
    public async Task A_client_that_closes_in_the_middle_is_told_so() =>
        Assert.StartsWith("HTTP/1.1 400 ", await TalkAsync("GET /met", close: true), StringComparison.Ordinal);

    [Fact]
    public async Task A_slow_client_is_cut_off_and_others_are_answered_meanwhile()
    {
        using var slow = await ConnectAsync();
        await slow.SendAsync("GET /metrics"u8.ToArray(), Cancellation);
        Assert.Contains("a_metric 1", await TalkAsync("GET /metrics HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);

        var answer = ReadAsync(slow);
        while (!answer.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation));
        }

        Assert.StartsWith("HTTP/1.1 408 ", await answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_few_at_once_are_sent_away()
    {
        var waiting = new List<Socket>();
        for (var i = 0; i < MetricsServer.MostConnections; i++)
        {
            waiting.Add(await ConnectAsync());
        }

        Assert.StartsWith("HTTP/1.1 503 ", await TalkAsync("GET /metrics HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
        waiting.ForEach(w => w.Dispose());
        while (!(await TalkAsync("GET /metrics HTTP/1.1\r\n\r\n")).StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation);
        }
    }

    [Fact]
    public async Task The_desk_follows_the_configuration_and_a_port_that_is_taken_costs_nothing_else()
    {
        IPEndPoint? wanted = _server.Endpoint;
        await using var desk = new MetricsDesk(() => wanted, _ => "b_metric 1\n"u8.ToArray(), _time, new AgentLog(_said, _time));
        desk.Follow();
        Assert.Contains($"cannot listen on {_server.Endpoint}: AddressAlreadyInUse", _said.ToString(), StringComparison.Ordinal);

        await _server.DisposeAsync();
        desk.Follow();
        Assert.Contains("b_metric 1", await TalkAsync("GET /metrics HTTP/1.1\r\n\r\n", at: wanted), StringComparison.Ordinal);
        desk.Follow();
        var there = wanted;
        wanted = null;
        desk.Follow();
        await Assert.ThrowsAsync<SocketException>(() => TalkAsync("GET /metrics HTTP/1.1\r\n\r\n", at: there));
    }

    private async Task<string> TalkAsync(string text, bool close = false, IPEndPoint? at = null)
    {
        using var client = await ConnectAsync(at);
        await client.SendAsync(Encoding.Latin1.GetBytes(text), Cancellation);
        if (close)
        {
            client.Shutdown(SocketShutdown.Send);
        }

        return await ReadAsync(client);
    }

    private async Task<Socket> ConnectAsync(IPEndPoint? at = null)
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(at ?? _server.Endpoint, Cancellation);
        return client;
    }

    private static async Task<string> ReadAsync(Socket client)
    {
        var (text, buffer) = (new StringBuilder(), new byte[4096]);
        for (int read; (read = await client.ReceiveAsync(buffer, Cancellation)) > 0;)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return $"{text}";
    }
}
