using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>Whoever stands where the monitor should be: a call ends with a case, in time, and nothing of the key comes out.</summary>
public sealed class HostileMonitorTests
{
    private const string Secret = "a-key-nobody-may-see";

    private static readonly Dictionary<string, (PeerScript Script, string Expected)> Peers = new()
    {
        ["garbage"] = (Play.Once("\0\u0001 this is not HTTP\r\n\r\n"), "does not speak HTTP"),
        ["a huge header"] = (Play.Once($"HTTP/1.1 200 OK\r\nX: {new string('x', 100_000)}\r\n\r\n"), "headers too large"),
        ["endless interim answers"] = (Play.Endless("", "HTTP/1.1 100 Continue\r\n\r\n"), "headers too large"),
        ["an endless body"] = (Play.Endless("HTTP/1.1 200 OK\r\n\r\n", new string('x', 4096)), "more than 4 MiB"),
        ["an endless chunked body"] = (Play.Endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", $"1000\r\n{new string('x', 4096)}\r\n"), "more than 4 MiB"),
        ["an endless problem"] = (Play.Endless("HTTP/1.1 500 No\r\nContent-Type: application/problem+json\r\n\r\n", new string('x', 4096)), "more than 4 MiB"),
        ["a gzip bomb"] = (Play.Once(GzipBomb()), "something else"),
        ["a redirect"] = (Play.Once(Play.Answer("", "302 Found", "Location: http://127.0.0.1:1/\r\n")), "redirects to another address (HTTP status 302)"),
        ["a permanent redirect"] = (Play.Once(Play.Answer("", "308 Moved", "Location: https://elsewhere.example/\r\n")), "redirects to another address (HTTP status 308)"),
        ["a server error"] = (Play.Once(Play.Answer("<html>", "502 Bad Gateway")), "HTTP status 502 without a monitor's reason"),
        ["another site"] = (Play.Once(Play.Answer("<html>", "404 Not Found")), "HTTP status 404 without a monitor's reason"),
        ["no content"] = (Play.Once("HTTP/1.1 204 No Content\r\n\r\n"), "HTTP status 204"),
        ["half a body"] = (Play.Once(Told.Json(Told.Node("host.main"))[..^20]), "closed the connection"),
        ["closed at once"] = (Play.Saturated, "closed the connection"),
        ["closed on the request"] = (Play.CloseAfterTheRequest, "closed the connection"),
        ["reset on the request"] = (Play.ResetAfterTheRequest, "closed the connection"),
        ["an empty body"] = (Play.Once(Told.Ok("")), "something else"),
        ["null"] = (Play.Once(Told.Ok("null")), "answered null"),
        ["an array"] = (Play.Once(Told.Ok("[]")), "something else"),
        ["a web page"] = (Play.Once(Told.Ok("<html></html>")), "something else"),
        ["no member of it"] = (Play.Once(Told.Ok("{}")), "something else"),
        ["a state of its own"] = (Play.Once(Told.Json(Told.Node("host.main")).Replace("\"Up\"", "\"Ok\"", StringComparison.Ordinal)), "something else"),
        ["deep nesting"] = (Play.Once(Told.Ok(new string('[', 100_000))), "something else"),
        ["broken UTF-8"] = (Play.Once("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"id\":\"\u00c3\u0028\"}"), "something else"),
        ["half a surrogate"] = (Play.Once(Told.Ok("""{"id":"\ud800"}""")), "something else"),
        ["a problem without a title"] = (Play.Once(Told.Ok("{}", 500, Problem.ContentType)), "HTTP status 500 without"),
        ["a problem that is no JSON"] = (Play.Once(Told.Ok("no", 500, Problem.ContentType)), "HTTP status 500 without"),
        ["a problem of numbers"] = (Play.Once(Told.Ok("""{"title":7}""", 500, Problem.ContentType)), "HTTP status 500 without"),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> All => [.. Peers.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_hostile_peer_is_a_case(string name)
    {
        await using var peer = ScriptedHttpPeer.Start(Peers[name].Script);
        using var client = Client(peer);

        var none = Assert.IsType<MonitorReply<NodeView>.NoAnswer>(await client.NodeAsync("main", Cancellation));

        Assert.Contains(Peers[name].Expected, none.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_is_given_an_order_once(string name)
    {
        await using var peer = ScriptedHttpPeer.Start(Peers[name].Script);
        using var client = Client(peer);

        Assert.IsType<MonitorReply<OrderView>.NoAnswer>(await client.CommandAsync("main", NodeCommand.Restart, TimeSpan.Zero, Cancellation));

        Assert.True(peer.Requests.Count <= 1, $"{peer.Requests.Count} requests over {peer.Connections} connections");
    }

    [Fact]
    public async Task A_peer_that_never_answers_or_never_ends_is_left_at_the_deadline()
    {
        foreach (var script in new[] { Play.Hang, Play.Endless("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "") })
        {
            var time = new FakeTimeProvider();
            await using var peer = ScriptedHttpPeer.Start(script);
            using var client = Client(peer, time);
            var call = client.CommandAsync("main", NodeCommand.Restart, TimeSpan.FromSeconds(10), Cancellation);
            await peer.NextRequestAsync(Cancellation);
            time.Advance(TimeSpan.FromSeconds(39));
            Assert.False(call.IsCompleted);
            time.Advance(TimeSpan.FromSeconds(1));

            Assert.Equal("did not answer within 40 s", Assert.IsType<MonitorReply<OrderView>.NoAnswer>(await call).Reason);
        }
    }

    [Fact]
    public async Task The_callers_cancellation_is_no_case()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Hang);
        using var client = Client(peer);
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var call = client.NodeAsync("main", cancelling.Token);
        await peer.NextRequestAsync(Cancellation);
        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Nobody_who_listens_is_a_case()
    {
        using var client = new MonitorClient(new MonitorTarget { Address = new Uri($"http://127.0.0.1:{FreePort.Next()}") });

        Assert.Equal(
            "refuses the connection: nothing listens there",
            Assert.IsType<MonitorReply<HealthView>.NoAnswer>(await client.HealthAsync(Cancellation)).Reason);
    }

    [Fact]
    public async Task A_refusal_is_told_in_its_words_without_the_key_and_without_what_moves_a_terminal()
    {
        string[] answers =
        [
            Told.Problem(409, "Ambiguous", "two nodes", "a.main", "b.main"),
            Told.Problem(403, "Not allowed", $"the key {Secret} is a viewer's"),
            Told.Problem(400, "Bad\u001b[2J", "one\nline\u202e"),
        ];
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(answers));
        using var client = Client(peer);

        var ambiguous = Assert.IsType<MonitorReply<NodeView>.Refused>(await client.NodeAsync("main", Cancellation));
        Assert.Equal((409, "Ambiguous: two nodes"), (ambiguous.Status, ambiguous.Text));
        Assert.Equal(["a.main", "b.main"], ambiguous.Candidates);
        Assert.Equal("Not allowed: (withheld: the text repeats the key)", Assert.IsType<MonitorReply<NodeView>.Refused>(await client.NodeAsync("main", Cancellation)).Text);
        Assert.Equal("Bad?[2J: one?line?", Assert.IsType<MonitorReply<NodeView>.Refused>(await client.NodeAsync("main", Cancellation)).Text);
    }

    [Fact]
    public async Task An_order_is_not_sent_again_when_a_kept_connection_breaks()
    {
        // The library itself repeats what has no body, on a new connection.
        await using var peer = ScriptedHttpPeer.Start(async (connection, cancellation) =>
        {
            await connection.ReadRequestAsync(cancellation);
            await connection.SendAsync(Told.Json(Told.Node("host.main")), cancellation);
            await connection.ReadRequestAsync(cancellation);
        });
        using var client = Client(peer);
        Assert.IsType<MonitorReply<NodeView>.Got>(await client.NodeAsync("main", Cancellation));

        Assert.IsType<MonitorReply<OrderView>.NoAnswer>(await client.CommandAsync("main", NodeCommand.Restart, TimeSpan.Zero, Cancellation));

        Assert.Single(peer.Requests, request => request.Head.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_that_a_given_client_got_by_a_redirect_is_not_taken()
    {
        await using var elsewhere = ScriptedHttpPeer.Start(Play.Once(Told.Json(Told.Node("host.main"))));
        await using var peer = ScriptedHttpPeer.Start(Play.Once(Play.Answer("", "302 Found", $"Location: {elsewhere.Address}\r\n")));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var client = new MonitorClient(new MonitorTarget { Address = peer.Address }, http);

        Assert.Contains("redirects", Assert.IsType<MonitorReply<NodeView>.NoAnswer>(await client.NodeAsync("main", Cancellation)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_reset_while_it_is_set_up_is_no_answer()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, FreePort.Next()));
        listener.Listen();
        using var handler = new SocketsHttpHandler { UseProxy = false, ConnectCallback = (_, cancellation) => ResetAsync(listener, cancellation) };
        using var http = new HttpClient(handler);
        using var client = new MonitorClient(new MonitorTarget { Address = new Uri("http://127.0.0.1:1") }, http);

        var reply = Assert.IsType<MonitorReply<NodeView>.NoAnswer>(await client.NodeAsync("main", Cancellation));

        Assert.Contains("closed the connection without an answer", reply.Reason, StringComparison.Ordinal);
    }

    /// <summary>Connected by its own word, and reset by the other side.</summary>
    private static async ValueTask<Stream> ResetAsync(Socket listener, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.LocalEndPoint!, cancellation);
        var other = await listener.AcceptAsync(cancellation);
        other.LingerState = new LingerOption(enable: true, 0);
        other.Dispose();
        socket.Poll(TimeSpan.FromSeconds(5), SelectMode.SelectRead);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static MonitorClient Client(ScriptedHttpPeer peer, TimeProvider? time = null)
    {
        Assert.True(MonitorKey.TryParse(Secret, out var key));
        return new MonitorClient(new MonitorTarget { Address = peer.Address, Key = key }, time);
    }

    private static byte[] GzipBomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(new byte[20 << 20]);
        }

        return [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"), .. packed.ToArray()];
    }
}
