using CsCheck;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.Api;

public sealed class MonitorClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://monitor.example", false, null)]
    [InlineData("https://monitor.example:8443/", false, null)]
    [InlineData("http://127.0.0.1:7071", false, null)]
    [InlineData("http://[::1]:7071", false, null)]
    [InlineData("http://localhost:7071", false, null)]
    [InlineData("http://10.0.0.5:7071", true, null)]
    [InlineData("http://10.0.0.5:7071", false, "has to be https: over http to another machine the key could be read on the way")]
    [InlineData("http://127.0.0.1.example.org", false, "has to be https: over http to another machine the key could be read on the way")]
    [InlineData("https://user:word@monitor.example", false, "is scheme, host and port, and nothing else")]
    [InlineData("https://monitor.example/api", false, "is scheme, host and port, and nothing else")]
    [InlineData("https://monitor.example/?code=x", false, "is scheme, host and port, and nothing else")]
    [InlineData("https://monitor.example/#x", false, "is scheme, host and port, and nothing else")]
    [InlineData("ftp://monitor.example", true, "has to begin with https:// or http://")]
    public void Only_an_address_that_keeps_the_key_is_asked(string address, bool allowHttp, string? problem)
    {
        var target = new MonitorTarget { Address = new Uri(address), AllowPlainHttp = allowHttp };

        Assert.Equal(problem, target.Problem());
        if (problem is not null)
        {
            Assert.Contains(problem, Assert.Throws<ArgumentException>(() => new MonitorClient(target)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_key_never_shows_itself()
    {
        Assert.True(MonitorKey.TryParse("one-key\n", out var key));
        var target = new MonitorTarget { Address = new Uri("https://monitor.example"), Key = key };

        Assert.DoesNotContain("one-key", $"{key} {target}", StringComparison.Ordinal);
        foreach (var bad in new[] { "", "\n", "two keys", "tab\t", "ümlaut", "line\nline", new string('x', 257), null })
        {
            Assert.False(MonitorKey.TryParse(bad, out _), bad);
        }
    }

    [Fact]
    public async Task Each_call_asks_its_route_with_the_key()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Told.Ok("{}")));
        Assert.True(MonitorKey.TryParse("one-key", out var key));
        using var client = new MonitorClient(new MonitorTarget { Address = peer.Address, Key = key });
        var wait = TimeSpan.FromSeconds(7);
        Func<Task>[] calls =
        [
            () => client.HealthAsync(Cancellation),
            () => client.NodesAsync(null, Cancellation),
            () => client.NodesAsync("a.b&c", Cancellation),
            () => client.NodeAsync("host.main", Cancellation),
            () => client.HistoryAsync("main", 20, "x/y", Cancellation),
            () => client.CheckAsync("main", CheckMethod.Full, true, wait, Cancellation),
            () => client.CheckAllAsync(CheckMethod.Pid, false, wait, Cancellation),
            () => client.CommandAsync("main", NodeCommand.Disable, wait, Cancellation),
            () => client.OrderAsync(Told.OrderId, Cancellation),
            () => client.AgentsAsync(Cancellation),
            () => client.ReloadAsync("host", wait, Cancellation),
        ];
        foreach (var call in calls)
        {
            await call();
        }

        Assert.All(peer.Requests, request => Assert.Equal("one-key", request.Header(Names.KeyHeader)));
        Assert.Equal(
            [
                "GET /api/health", "GET /api/nodes", "GET /api/nodes?after=a.b%26c", "GET /api/nodes/host.main", "GET /api/nodes/main/history?limit=20&before=x%2Fy",
                "POST /api/nodes/main/check?method=full&save=true&wait=7", "POST /api/nodes/check?method=pid&save=false&wait=7", "POST /api/nodes/main/disable?wait=7",
                $"GET /api/orders/{Told.OrderId}", "GET /api/agents", "POST /api/agents/host/reload?wait=7",
            ],
            peer.Requests.Select(request => request.Head[..request.Head.IndexOf(" HTTP/", StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/../../reports")]
    [InlineData("a?b")]
    [InlineData("a.b.c")]
    [InlineData("MAIN")]
    public async Task What_cannot_be_a_node_is_refused_without_asking(string node)
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Hang);
        using var client = new MonitorClient(new MonitorTarget { Address = peer.Address });

        Assert.Equal(404, Assert.IsType<MonitorReply<NodeView>.Refused>(await client.NodeAsync(node, Cancellation)).Status);
        Assert.Equal(404, Assert.IsType<MonitorReply<OrderView>.Refused>(await client.CommandAsync(node, NodeCommand.Stop, TimeSpan.Zero, Cancellation)).Status);
        Assert.Equal(0, peer.Connections);
    }

    [Fact]
    public void No_text_of_a_path_leaves_its_place() => Gen.String.Sample(
        text =>
        {
            var path = $"api/orders/{Uri.EscapeDataString(text)}";
            var uri = new Uri(new Uri("https://monitor.example"), path);
            Assert.True(uri.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal) && uri.Query.Length == 0, uri.ToString());
        },
        time: 1);

    [Theory]
    [InlineData(200, MonitorStatus.Healthy)]
    [InlineData(503, MonitorStatus.Degraded)]
    [InlineData(503, MonitorStatus.Stale)]
    public async Task A_health_that_is_not_good_is_an_answer(int status, MonitorStatus health)
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Told.Json(new HealthView { Status = health, Total = 3 }, status)));
        using var client = new MonitorClient(new MonitorTarget { Address = peer.Address });

        Assert.Equal((health, 3), Assert.IsType<MonitorReply<HealthView>.Got>(await client.HealthAsync(Cancellation)) is var got ? (got.Value.Status, got.Value.Total) : default);
    }
}
