using System.Text;
using CsCheck;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>The security boundary: clients' requests and the Functions host's calls come to one port, and no client's may be taken for the host's.</summary>
public sealed class TriggerGateTests
{
    /// <summary>For either kind of trigger: nothing here is kept out by its payload.</summary>
    private static readonly byte[] Payload = """{"Data":{"timer":{"IsPastDue":false},"message":"AQI="},"Metadata":{}}"""u8.ToArray();

    [Fact]
    public async Task Exactly_the_hosts_own_call_reaches_a_trigger()
    {
        var trigger = new TestTrigger("probe");
        await using var monitor = await MonitorUnderTest.StartAsync(handler: true, trigger);

        var answer = await monitor.SendAsync(Request("POST", "/probe", "X-Azure-Functions-InvocationId: 975d1f12-65d9-45a7-91b8-55e8b413d623\r\nUser-Agent: Azure-Functions-Host/4.1037.0.0"));

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n{}", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Server:", answer, StringComparison.OrdinalIgnoreCase);
        Assert.Single(trigger.Calls);
    }

    [Fact]
    public async Task A_chunked_call_is_read_whole_as_the_host_sends_it()
    {
        var trigger = new TestTrigger("probe");
        await using var monitor = await MonitorUnderTest.StartAsync(handler: true, trigger);
        var head = $"POST /probe HTTP/1.1\r\nHost: 127.0.0.1:{monitor.Port}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n";

        var answer = await monitor.SendAsync(
            Encoding.ASCII.GetBytes(head + "7\r\n"), Payload[..7], Encoding.ASCII.GetBytes($"\r\n{Payload.Length - 7:x}\r\n"), Payload[7..], "\r\n0\r\n\r\n"u8.ToArray());

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Single(trigger.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_other_target_reaches_a_trigger_in_either_mode(bool handler)
    {
        // A queue's, for a timer's is called by the standalone host itself.
        var trigger = new TestTrigger("deliver");
        await using var monitor = await MonitorUnderTest.StartAsync(handler, trigger);
        foreach (var target in ForeignTargets.Table("deliver").Concat(handler ? [] : ["/deliver"]))
        {
            foreach (var method in new[] { "POST", "GET", "PUT" })
            {
                AssertNothing(target, await monitor.SendAsync(Request(method, target)), trigger);
            }
        }

        // The very same request with the host's own target does, where a host calls.
        await monitor.SendAsync(Request("POST", "/deliver"));
        Assert.Equal(handler ? 1 : 0, trigger.Calls.Count);
    }

    [Fact]
    public async Task No_generated_target_reaches_a_trigger()
    {
        var trigger = new TestTrigger("deliver");
        await using var monitor = await MonitorUnderTest.StartAsync(handler: true, trigger);

        await ForeignTargets.Any("deliver").SampleAsync(
            async target => AssertNothing(target, await monitor.SendAsync(Request("POST", target)), trigger), time: 2, threads: 1);

        // The same request with the one target that is meant does.
        await monitor.SendAsync(Request("POST", "/deliver"));
        Assert.Single(trigger.Calls);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("OPTIONS")]
    [InlineData("post")]
    [InlineData("CONNECT")]
    public async Task No_other_method_reaches_a_trigger(string method)
    {
        var trigger = new TestTrigger("probe");
        await using var monitor = await MonitorUnderTest.StartAsync(handler: true, trigger);
        AssertNothing("/probe", await monitor.SendAsync(Request(method, "/probe", "X-HTTP-Method-Override: POST")), trigger);
    }

    [Theory]
    [InlineData("x-ms-invocation-id: 975d1f12")]
    [InlineData("X-MS-Invocation-Id:")]
    [InlineData("X-Forwarded-For: 203.0.113.9")]
    [InlineData("x-forwarded-proto: https")]
    [InlineData("X-Forwarded-Host: monitor.example")]
    [InlineData("Forwarded: for=203.0.113.9")]
    [InlineData("X-Original-URL: /api/x")]
    [InlineData("X-WAWS-Unencoded-URL: /api/x")]
    [InlineData("DISGUISED-HOST: monitor.example")]
    [InlineData("X-ARR-LOG-ID: 1")]
    [InlineData("X-MS-CLIENT-PRINCIPAL: e30=")]
    [InlineData("Origin: https://evil.example")]
    [InlineData("Cookie: a=b")]
    public async Task A_call_that_says_it_was_proxied_is_not_the_hosts(string header)
    {
        var trigger = new TestTrigger("probe");
        await using var monitor = await MonitorUnderTest.StartAsync(handler: true, trigger);
        AssertNothing("/probe", await monitor.SendAsync(Request("POST", "/probe", header)), trigger);
        Assert.Contains(monitor.Lines, line => line.Contains("warning", StringComparison.Ordinal) && line.Contains("probe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_for_another_host_or_of_another_type_is_not_the_hosts()
    {
        var trigger = new TestTrigger("probe");
        await using var monitor = await MonitorUnderTest.StartAsync(handler: true, trigger);
        AssertNothing("/probe", await monitor.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /probe HTTP/1.1\r\nHost: monitor.example\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {Payload.Length}\r\n\r\n"), Payload), trigger);
        AssertNothing("/probe", await monitor.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /probe HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: {Payload.Length}\r\n\r\n"), Payload), trigger);
    }

    [Fact]
    public async Task Each_route_takes_its_own_and_no_more()
    {
        await using var monitor = await MonitorUnderTest.StartAsync(handler: true, new TestTrigger("probe"));
        foreach (var target in new[] { "/api/health", "/api/probe", "/dashboard/probe?x=1", "/dashboard" })
        {
            Assert.StartsWith("HTTP/1.1 200 ", await monitor.SendAsync(Request("POST", target)), StringComparison.Ordinal);
        }

        foreach (var target in new[] { "/", "/apis", "/apiprobe", "/API/health", "/favicon.ico", "/x/api/health" })
        {
            Assert.StartsWith("HTTP/1.1 404 ", await monitor.SendAsync(Request("GET", target)), StringComparison.Ordinal);
        }
    }

    private static void AssertNothing(string target, string answer, TestTrigger trigger)
    {
        Assert.True(trigger.Calls.Count == 0, $"{target} reached the trigger");
        // Taken by a route that is a client's own, or by none.
        Assert.True(
            answer.Length == 0 || answer.Contains(" took /", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal),
            $"{target}: {answer}");
    }

    private static byte[] Request(string method, string target, string header = "X-None: 1") =>
    [
        .. Encoding.Latin1.GetBytes(
            $"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{header}\r\nContent-Type: application/json\r\nContent-Length: {Payload.Length}\r\n\r\n"),
        .. Payload,
    ];
}
