using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class HttpServerTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1", "404", "There is nothing here")]
    [InlineData("GET /probe HTTP/1.1", "404", "There is nothing here")]
    [InlineData("GET /api/echo HTTP/1.1", "200", null)]
    [InlineData("POST /api/throw HTTP/1.1", "500", "An error of this program; its log says which")]
    public async Task Each_error_is_a_JSON_object(string request, string status, string? title)
    {
        await using var monitor = await MonitorUnderTest.StartAsync(handler: true, new TestTrigger("probe"));
        var answer = await monitor.SendAsync(Head(request));

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        if (title is not null)
        {
            using var body = JsonDocument.Parse(answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
            Assert.Equal(title, body.RootElement.GetProperty("title").GetString());
            Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_endpoints_exception_is_logged_once()
    {
        await using var monitor = await MonitorUnderTest.StartAsync(handler: false);
        await monitor.SendAsync(Head("POST /api/throw HTTP/1.1"));
        Assert.Contains("POST /api/throw threw", Assert.Single(monitor.Lines, line => line.Contains(" error ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_over_1_MiB_is_refused_on_a_route_and_at_a_trigger()
    {
        var trigger = new TestTrigger("reports");
        await using var monitor = await MonitorUnderTest.StartAsync(handler: true, trigger);
        foreach (var (target, size, status) in new[] { ("api/echo", 1 << 20, "200"), ("api/echo", (1 << 20) + 1, "413"), ("reports", (1 << 20) + 1, "413") })
        {
            // An answer before the end of the body can be lost to the reset behind it, on a busy machine: then it is asked again, as clients do.
            var answer = "";
            for (var tries = 0; answer.Length == 0 && tries < 5; tries++)
            {
                answer = await monitor.PostAsync(target, new byte[size]);
            }

            Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        }

        Assert.Empty(trigger.Calls);
    }

    [Fact]
    public async Task Headers_over_32_KiB_are_refused()
    {
        await using var monitor = await MonitorUnderTest.StartAsync(handler: true);
        Assert.StartsWith("HTTP/1.1 431 ", await monitor.SendAsync(Head($"GET /api/x HTTP/1.1\r\nX-Long: {new string('a', 33 * 1024)}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_largest_message_of_the_bus_fits()
    {
        var trigger = new TestTrigger("reports");
        await using var monitor = await MonitorUnderTest.StartAsync(handler: true, trigger);
        var message = Convert.ToBase64String(new byte[256 * 1024]);
        var answer = await monitor.PostAsync("reports", Encoding.ASCII.GetBytes($$$"""{"Data":{"message":"{{{message}}}"},"Metadata":{}}"""));
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal(256 * 1024, Assert.IsType<Functions.TriggerCall.Bus>(Assert.Single(trigger.Calls)).Body.Length);
    }

    [Fact]
    public async Task Recorded_payloads_are_answered_over_http()
    {
        var probe = new TestTrigger("probe");
        var reports = TestTrigger.Answering("reports", new Functions.TriggerResult.Failed("the storage is away"));
        await using var monitor = await MonitorUnderTest.StartAsync(handler: true, probe, reports);

        Assert.EndsWith("\r\n\r\n{}", await monitor.PostAsync("probe", RecordedPayload.Of("timer")), StringComparison.Ordinal);
        var failed = await monitor.PostAsync("reports", RecordedPayload.Of("bus-binary"));
        Assert.StartsWith("HTTP/1.1 500 ", failed, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/problem+json", failed, StringComparison.Ordinal);
        Assert.Contains("the storage is away", failed, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 500 ", await monitor.PostAsync("probe", []), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_are_bounded_and_those_that_are_there_stay()
    {
        await using var monitor = await MonitorUnderTest.StartAsync(handler: false);
        var clients = Enumerable.Range(0, 520).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToArray();
        try
        {
            foreach (var (i, client) in clients.Index())
            {
                // One address alone has less.
                client.Bind(new IPEndPoint(IPAddress.Parse($"127.0.0.{2 + (i % 5)}"), 0));
                await client.ConnectAsync(IPAddress.Loopback, monitor.Port, TestContext.Current.CancellationToken);
            }

            Assert.True(SpinWait.SpinUntil(() => clients.Count(IsClosed) >= 8, 10_000));
            Assert.Equal(8, clients.Count(IsClosed));
        }
        finally
        {
            Array.ForEach(clients, client => client.Dispose());
        }
    }

    private static bool IsClosed(Socket client) => client.Poll(0, SelectMode.SelectRead);

    private static byte[] Head(string lines) => Encoding.ASCII.GetBytes($"{lines}\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
}
