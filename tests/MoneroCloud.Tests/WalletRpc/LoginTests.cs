using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.WalletRpc;

/// <summary>The login goes to a digest challenge and to nothing else.</summary>
public sealed class LoginTests
{
    private const string Secret = "hunter2";

    // Base64 of "monitor:hunter2".
    private const string BasicForm = "bW9uaXRvcjpodW50ZXIy";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("WWW-Authenticate: Basic realm=\"x\"\r\n")]
    [InlineData("WWW-Authenticate: Basic realm=\"x\"\r\nWWW-Authenticate: NTLM\r\nWWW-Authenticate: Negotiate\r\n")]
    [InlineData("WWW-Authenticate: Bearer\r\n")]
    [InlineData("WWW-Authenticate: Digest\r\n")]
    [InlineData("WWW-Authenticate: Digest nonce=\"\"\r\n")]
    [InlineData("WWW-Authenticate: Digest realm=\"x\",nonce=\"n\",algorithm=ROT13\r\n")]
    [InlineData("WWW-Authenticate: \"\"\"\r\n")]
    [InlineData("")]
    public async Task A_challenge_that_is_no_digest_gets_no_login(string challenge)
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer("", "401 Unauthorized", challenge)));
        using var client = Client(peer);

        Assert.Equal(new ApiAnswer.Unauthorized(Stale: false), await client.CheckAsync(walletDeclared: false, Cancellation));

        Assert.All(peer.Requests, request => Assert.DoesNotContain(BasicForm, request.Head, StringComparison.Ordinal));
        Assert.All(peer.Requests, request => Assert.DoesNotContain(Secret, request.Head, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_digest_challenge_gets_a_digest()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Challenge("n1", stale: false), Play.Answer(Play.VersionJson)));
        using var client = Client(peer);

        Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: false, Cancellation));

        Assert.Equal(1, peer.Connections);
        var login = peer.Requests.Last().Header("Authorization");
        Assert.StartsWith("Digest ", login, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, login, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_is_refused_again_is_unauthorized()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Challenge("n1", stale: false)));
        using var client = Client(peer);

        Assert.Equal(new ApiAnswer.Unauthorized(Stale: false), await client.CheckAsync(walletDeclared: false, Cancellation));
        Assert.Equal(1, peer.Connections);
    }

    [Fact]
    public async Task A_stale_nonce_is_asked_for_again_on_a_new_connection()
    {
        await using var peer = ScriptedHttpPeer.Start(
            Play.Answers(Challenge("n1", stale: true)),
            Play.Answers(Challenge("n2", stale: false), Play.Answer(Play.VersionJson)));
        using var client = Client(peer);

        Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: false, Cancellation));
        Assert.Equal(2, peer.Connections);
    }

    [Fact]
    public async Task A_peer_that_calls_every_nonce_stale_is_asked_on_two_connections_and_no_more()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Challenge("n1", stale: true)));
        using var client = Client(peer);

        Assert.Equal(new ApiAnswer.Unauthorized(Stale: true), await client.CheckAsync(walletDeclared: false, Cancellation));
        Assert.Equal(2, peer.Connections);
        Assert.InRange(peer.Requests.Count, 2, 8);
    }

    [Fact]
    public async Task A_challenge_with_an_endless_body_ends()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Endless(
            "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"x\",nonce=\"n\",qop=\"auth\"\r\n\r\n", new string('x', 4096)));
        using var client = new WalletRpcClient(Target(peer) with { Deadline = TimeSpan.FromSeconds(3) }, TimeProvider.System);

        var answer = await client.CheckAsync(walletDeclared: false, Cancellation);

        Assert.True(answer is ApiAnswer.Unauthorized or ApiAnswer.TimedOut or ApiAnswer.Reset, answer.ToString());
    }

    private static string Challenge(string nonce, bool stale) => Play.Answer("<html></html>", "401 Unauthorized",
        $"WWW-authenticate: Digest qop=\"auth\",algorithm=MD5,realm=\"monero-rpc\",nonce=\"{nonce}\",stale={(stale ? "true" : "false")}\r\n" +
        $"WWW-authenticate: Digest qop=\"auth\",algorithm=MD5-sess,realm=\"monero-rpc\",nonce=\"{nonce}\",stale={(stale ? "true" : "false")}\r\n");

    private static WalletRpcTarget Target(ScriptedHttpPeer peer) =>
        new() { Address = peer.Address, Login = new RpcLogin("monitor", Secret), Deadline = TimeSpan.FromSeconds(15) };

    private static WalletRpcClient Client(ScriptedHttpPeer peer) => new(Target(peer), TimeProvider.System);
}
