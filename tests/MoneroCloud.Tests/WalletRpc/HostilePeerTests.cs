using System.IO.Compression;
using System.Text;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.WalletRpc;

/// <summary>Whoever sits on the port, a check ends with a case: never an exception, never late, never out of memory.</summary>
public sealed class HostilePeerTests
{
    private static readonly Dictionary<string, (PeerScript Script, ApiAnswer Expected)> Peers = new()
    {
        ["garbage"] = (Play.Once("\0\u0001\u0002 this is not HTTP\r\n\r\n"), Not("not HTTP")),
        ["an SSH banner"] = (Play.Once("SSH-2.0-OpenSSH_9.2\r\n"), Not("not HTTP")),
        ["a header without a colon"] = (Play.Once("HTTP/1.1 200 OK\r\nbroken\r\n\r\n"), Not("not HTTP")),
        ["a status that is no number"] = (Play.Once("HTTP/1.1 abc OK\r\n\r\n"), Not("not HTTP")),
        ["two lengths that differ"] = (Play.Once("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}"), Not("not the JSON of an answer")),
        ["a negative length"] = (Play.Once("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}"), Not("neither result nor error")),
        ["a huge header"] = (Play.Once($"HTTP/1.1 200 OK\r\nX: {new string('x', 100_000)}\r\n\r\n"), Not("headers too large")),
        ["endless headers"] = (Play.Endless("HTTP/1.1 200 OK\r\n", "X: y\r\n"), Not("headers too large")),
        ["endless interim answers"] = (Play.Endless("", "HTTP/1.1 100 Continue\r\n\r\n"), Not("headers too large")),
        ["an endless body"] = (Play.Endless("HTTP/1.1 200 OK\r\n\r\n", new string('x', 4096)), Not("larger than 1 MiB")),
        ["an endless chunked body"] = (Play.Endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "4\r\nabcd\r\n"), Not("larger than 1 MiB")),
        ["a chunk of the wrong size"] = (Play.Once("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"), Not("answer cut off")),
        ["an unknown transfer coding"] = (Play.Once("HTTP/1.1 200 OK\r\nTransfer-Encoding: rot13\r\n\r\n{}"), Not("neither result nor error")),
        ["a declared length of terabytes"] = (Play.Endless("HTTP/1.1 200 OK\r\nContent-Length: 9999999999999\r\n\r\n", new string('x', 4096)), Not("larger than 1 MiB")),
        ["a gzip bomb"] = (Play.Once(GzipBomb()), Not("not the JSON of an answer")),
        ["a redirect"] = (Play.Once(Play.Answer("", "302 Found", "Location: http://127.0.0.1:1/\r\n")), new ApiAnswer.HttpStatus(302)),
        ["a server error"] = (Play.Once(Play.Answer("", "500 Internal Server Error")), new ApiAnswer.HttpStatus(500)),
        ["not found"] = (Play.Once(Play.Answer("", "404 Not found")), new ApiAnswer.HttpStatus(404)),
        ["a status of its own"] = (Play.Once(Play.Answer("", "999 Mine")), new ApiAnswer.HttpStatus(999)),
        ["switching protocols"] = (Play.Once("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"), new ApiAnswer.HttpStatus(101)),
        ["no content"] = (Play.Once("HTTP/1.1 204 No Content\r\n\r\n"), new ApiAnswer.HttpStatus(204)),
        ["half a head"] = (Play.Once("HTTP/1.1 200 OK\r\nContent-Le"), new ApiAnswer.Reset()),
        ["half a body"] = (Play.Once(Play.Answer(Play.VersionJson)[..^20]), Not("answer cut off")),
        ["reset on the first request"] = (Play.ResetAfterTheRequest, new ApiAnswer.Reset()),
        ["closed on the first request"] = (Play.CloseAfterTheRequest, new ApiAnswer.Reset()),
        ["reset at once"] = (Play.ResetAtOnce, new ApiAnswer.Reset()),
        ["closed at once"] = (Play.Saturated, new ApiAnswer.Reset()),
        ["unauthorized without a challenge"] = (Play.Answers(Play.Answer("", "401 Unauthorized")), new ApiAnswer.Unauthorized(Stale: false)),
        ["an empty body"] = (Json(""), Not("not the JSON of an answer")),
        ["null"] = (Json("null"), Not("neither result nor error")),
        ["an array"] = (Json("[]"), Not("not the JSON of an answer")),
        ["a web page"] = (Json("<html></html>"), Not("not the JSON of an answer")),
        ["only an id"] = (Json("""{"id":"0"}"""), Not("neither result nor error")),
        ["no version"] = (Json("""{"result":{}}"""), Not("no integer version")),
        ["a null version"] = (Json("""{"result":{"version":null}}"""), Not("no integer version")),
        ["a text version"] = (Json("""{"result":{"version":"65561"}}"""), Not("not the JSON of an answer")),
        ["a fractional version"] = (Json("""{"result":{"version":65561.5}}"""), Not("not the JSON of an answer")),
        ["a version with an exponent"] = (Json("""{"result":{"version":6e4}}"""), Not("not the JSON of an answer")),
        ["a version out of range"] = (Json("""{"result":{"version":4294967297}}"""), Not("not the JSON of an answer")),
        ["a negative version"] = (Json("""{"result":{"version":-1}}"""), Not("no integer version")),
        ["a version that is not a number"] = (Json("""{"result":{"version":NaN}}"""), Not("not the JSON of an answer")),
        ["an infinite version"] = (Json("""{"result":{"version":1e999}}"""), Not("not the JSON of an answer")),
        ["a version of a thousand digits"] = (Json($"{{\"result\":{{\"version\":{new string('9', 1000)}}}}}"), Not("not the JSON of an answer")),
        ["a list of versions"] = (Json("""{"result":{"version":[65561]}}"""), Not("not the JSON of an answer")),
        ["a redirect to itself"] = (Play.Once(Play.Answer("", "307 Temporary Redirect", "Location: /json_rpc\r\n")), new ApiAnswer.HttpStatus(307)),
        ["version zero"] = (Json("""{"result":{"version":0}}"""), Not("no integer version")),
        ["a result that is a text"] = (Json("""{"result":"version"}"""), Not("not the JSON of an answer")),
        ["an error without a code"] = (Json("""{"error":{"message":"x"},"result":{"version":65561}}"""), Not("neither result nor error")),
        ["an error with a text code"] = (Json("""{"error":{"code":"-13"}}"""), Not("not the JSON of an answer")),
        ["deep nesting"] = (Json(new string('[', 100_000)), Not("not the JSON of an answer")),
        ["deep nesting in a member we skip"] = (Json($$"""{"x":{{new string('[', 5000)}}"""), Not("not the JSON of an answer")),
        ["broken UTF-8"] = (Json("{\"error\":{\"code\":-1,\"message\":\"\u00c3\u0028\"}}"), Not("not the JSON of an answer")),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Peers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_hostile_peer_is_a_case(string name)
    {
        await using var peer = ScriptedHttpPeer.Start(Peers[name].Script);
        using var client = Client(peer);

        Assert.Equal(Peers[name].Expected, await client.CheckAsync(walletDeclared: false, Cancellation));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_peer_that_turns_hostile_at_get_height_is_the_same_case(string name)
    {
        // Its second answer comes on a connection of its own, as the first one closes.
        await using var peer = ScriptedHttpPeer.Start(Play.Once(Play.Answer(Play.VersionJson)), Peers[name].Script);
        using var client = Client(peer);

        var answer = await client.CheckAsync(walletDeclared: true, Cancellation);

        var expected = Peers[name].Expected is ApiAnswer.NotJsonRpc { What: "no integer version" } ? Not("no integer height") : Peers[name].Expected;
        var heightIsMissing = name is "a text version" or "a fractional version" or "a version with an exponent" or "a version out of range"
            or "an infinite version" or "a version of a thousand digits" or "a list of versions";
        Assert.Equal(heightIsMissing ? Not("no integer height") : expected, answer);
    }

    [Fact]
    public async Task A_slow_trickle_ends_at_the_deadline()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Trickle("HTTP/1.1 200 OK\r\nX: y\r\n", TimeSpan.FromMilliseconds(20)));
        using var client = Client(peer, TimeSpan.FromMilliseconds(300));

        Assert.Equal(new ApiAnswer.TimedOut(TimeSpan.FromMilliseconds(300)), await client.CheckAsync(walletDeclared: false, Cancellation));
    }

    [Fact]
    public async Task A_body_that_trickles_ends_at_the_deadline()
    {
        await using var peer = ScriptedHttpPeer.Start(async (connection, cancellation) =>
        {
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", cancellation);
            await Play.Trickle(" ", TimeSpan.FromMilliseconds(20))(connection, cancellation);
        });
        using var client = Client(peer, TimeSpan.FromMilliseconds(300));

        Assert.Equal(new ApiAnswer.TimedOut(TimeSpan.FromMilliseconds(300)), await client.CheckAsync(walletDeclared: false, Cancellation));
    }

    [Fact]
    public async Task Answers_changed_at_random_never_throw_and_are_never_taken_for_our_own_failure()
    {
        var random = new Random(20_261_123);
        var good = Encoding.Latin1.GetBytes(Play.Answer(Play.VersionJson));
        await using var peer = ScriptedHttpPeer.Start((connection, cancellation) => Play.Once(Changed(good, random))(connection, cancellation));
        using var client = new WalletRpcClient(new WalletRpcTarget { Address = peer.Address, KeepAlive = false }, TimeProvider.System);

        for (var round = 0; round < 1500; round++)
        {
            var answer = await client.CheckAsync(walletDeclared: false, Cancellation);
            Assert.True(answer is not (ApiAnswer.OwnFailure or ApiAnswer.NotAsked), $"round {round}: {answer}");
        }
    }

    [Fact]
    public async Task Random_bytes_in_a_TLS_handshake_never_throw_and_are_never_taken_for_our_own_failure()
    {
        var random = new Random(20_261_124);
        await using var peer = ScriptedHttpPeer.Start((connection, cancellation) => connection.SendAsync(AlmostTls(random), cancellation));
        var target = new WalletRpcTarget { Address = new Uri($"https://127.0.0.1:{peer.Port}"), KeepAlive = false };
        using var client = new WalletRpcClient(target, TimeProvider.System);

        for (var round = 0; round < 200; round++)
        {
            var answer = await client.CheckAsync(walletDeclared: false, Cancellation);
            Assert.True(answer is ApiAnswer.TlsFailed or ApiAnswer.Reset, $"round {round}: {answer}");
        }
    }

    private static byte[] AlmostTls(Random random)
    {
        var bytes = new byte[random.Next(64)];
        random.NextBytes(bytes);
        // A handshake record of version 3.3, half of the time.
        return random.Next(2) == 0 ? [22, 3, 3, 0, (byte)bytes.Length, .. bytes] : bytes;
    }

    private static byte[] Changed(byte[] good, Random random)
    {
        var bytes = new List<byte>(good);
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(40), bytes.Count - at)));
                    break;
            }
        }

        return [.. bytes.Take(random.Next(8) == 0 ? random.Next(1, bytes.Count) : bytes.Count)];
    }

    private static byte[] GzipBomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(new byte[8 << 20]);
        }

        var head = $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n";
        return [.. Encoding.Latin1.GetBytes(head), .. packed.ToArray()];
    }

    private static PeerScript Json(string body) => Play.Once($"HTTP/1.1 200 Ok\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    private static ApiAnswer.NotJsonRpc Not(string what) => new(what);

    private static WalletRpcClient Client(ScriptedHttpPeer peer, TimeSpan? deadline = null) =>
        new(new WalletRpcTarget { Address = peer.Address, Deadline = deadline ?? TimeSpan.FromSeconds(15) }, TimeProvider.System);
}
