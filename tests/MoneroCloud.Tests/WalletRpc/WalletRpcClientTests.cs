using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.WalletRpc;

/// <summary>What is sent, over which connection, and what a good or a refusing answer becomes.</summary>
public sealed class WalletRpcClientTests
{
    private const string HeightJson = """{"id":"0","jsonrpc":"2.0","result":{"height":1234}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wallet_without_a_declared_wallet_is_asked_for_its_version_only()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Play.VersionJson)));
        using var client = Client(peer);

        var answer = Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: false, Cancellation));

        Assert.Equal((1, 25), (answer.Major, answer.Minor));
        Assert.Equal(new WalletAnswer.NotAsked(), answer.Wallet);
        Assert.Equal("""{"jsonrpc":"2.0","id":"0","method":"get_version"}""", Assert.Single(peer.Requests).Body);
    }

    [Fact]
    public async Task A_declared_wallet_is_asked_for_its_height_too_and_for_nothing_else()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Play.VersionJson), Play.Answer(HeightJson)));
        using var client = Client(peer);

        var answer = Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: true, Cancellation));

        Assert.Equal(new WalletAnswer.Open(1234), answer.Wallet);
        Assert.Equal(["get_version", "get_height"], peer.Requests.Select(Method));
    }

    [Fact]
    public async Task A_request_is_what_wallet_rpc_can_read()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Play.VersionJson)));
        using var client = Client(peer);

        await client.CheckAsync(walletDeclared: false, Cancellation);

        var request = Assert.Single(peer.Requests);
        Assert.StartsWith("POST /json_rpc HTTP/1.1\r\n", request.Head, StringComparison.Ordinal);
        Assert.Equal("49", request.Header("Content-Length"));
        Assert.Equal($"127.0.0.1:{peer.Port}", request.Header("Host"));
        Assert.All(
            ["Transfer-Encoding", "Expect", "Accept-Encoding", "Cookie", "Authorization", "traceparent", "Connection"],
            name => Assert.Null(request.Header(name)));
    }

    [Theory]
    [InlineData(-13, typeof(WalletAnswer.NotOpen))]
    [InlineData(-38, typeof(WalletAnswer.NoDaemon))]
    [InlineData(-1, typeof(WalletAnswer.Error))]
    public async Task An_error_of_get_height_is_the_wallets_answer_beside_a_good_version(int code, Type expected)
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Play.VersionJson), Play.Answer(Error(code, "any"))));
        using var client = Client(peer);

        var answer = Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: true, Cancellation));

        Assert.IsType(expected, answer.Wallet);
    }

    [Fact]
    public async Task An_error_of_get_version_is_an_rpc_error()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Error(-32601, "Method not found"))));
        using var client = Client(peer);

        Assert.Equal(new ApiAnswer.RpcError(-32601), await client.CheckAsync(walletDeclared: true, Cancellation));
    }

    [Fact]
    public async Task Kept_alive_all_calls_go_over_one_connection()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Play.VersionJson)));
        using var client = Client(peer);

        for (var check = 0; check < 5; check++)
        {
            Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: false, Cancellation));
        }

        Assert.Equal(1, peer.Connections);
    }

    [Fact]
    public async Task A_connection_past_its_lifetime_is_not_used_again_so_that_a_node_without_a_free_one_shows()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Play.VersionJson)));
        using var client = new WalletRpcClient(new WalletRpcTarget { Address = peer.Address, ConnectionLifetime = TimeSpan.FromMilliseconds(1) }, TimeProvider.System);

        for (var check = 1; check <= 3; check++)
        {
            Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: false, Cancellation));
            Assert.Equal(check, peer.Connections);
            await Task.Delay(TimeSpan.FromMilliseconds(40), TimeProvider.System, Cancellation); // The library counts in ticks of 15 ms.
        }
    }

    [Fact]
    public async Task Without_keep_alive_each_check_has_one_connection_and_closes_it()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Play.VersionJson), Play.Answer(HeightJson)));
        using var client = new WalletRpcClient(new WalletRpcTarget { Address = peer.Address, KeepAlive = false }, TimeProvider.System);

        for (var check = 1; check <= 3; check++)
        {
            Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: true, Cancellation));
            Assert.Equal(check, await peer.NextClosingAsync(Cancellation));
            Assert.Equal(check, peer.Connections);
        }
    }

    [Fact]
    public async Task A_kept_connection_that_the_node_closed_meanwhile_is_opened_again_and_is_no_reset()
    {
        // Each connection answers once; some are seen closed before the next request, some only when it is sent.
        await using var peer = ScriptedHttpPeer.Start(Play.Once(Play.Answer(Play.VersionJson)));
        using var client = Client(peer);

        for (var check = 0; check < 100; check++)
        {
            Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: false, Cancellation));
        }

        Assert.Equal(100, peer.Connections);
    }

    [Fact]
    public async Task A_kept_connection_that_dies_at_the_next_request_is_opened_again_once()
    {
        await using var peer = ScriptedHttpPeer.Start(AnswerThenResetAtTheNextRequest, Play.Answers(Play.Answer(Play.VersionJson)));
        using var client = Client(peer);

        Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: false, Cancellation));
        Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: false, Cancellation));

        Assert.Equal((2, 3), (peer.Connections, peer.Requests.Count));
    }

    [Fact]
    public async Task A_kept_connection_that_dies_and_a_new_one_that_is_reset_is_a_reset()
    {
        await using var peer = ScriptedHttpPeer.Start(AnswerThenResetAtTheNextRequest, Play.ResetAfterTheRequest);
        using var client = Client(peer);

        Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: false, Cancellation));

        Assert.Equal(new ApiAnswer.Reset(), await client.CheckAsync(walletDeclared: false, Cancellation));
        Assert.Equal(2, peer.Connections);
    }

    [Fact]
    public async Task Two_checks_at_once_take_turns()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Play.VersionJson)));
        using var client = Client(peer);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.CheckAsync(walletDeclared: false, Cancellation)));

        Assert.All(answers, answer => Assert.IsType<ApiAnswer.Answered>(answer));
        Assert.Equal((1, 20), (peer.Connections, peer.Requests.Count));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/json_rpc")]
    [InlineData("http://user:secret@127.0.0.1:1")]
    [InlineData("http://127.0.0.1:1/?query")]
    [InlineData("ftp://127.0.0.1:1")]
    [InlineData("127.0.0.1:18082")]
    public void An_address_that_is_more_than_scheme_host_and_port_is_refused_without_repeating_it(string address)
    {
        var target = new WalletRpcTarget { Address = new Uri(address, UriKind.RelativeOrAbsolute) };

        var refusal = Assert.Throws<ArgumentException>(() => new WalletRpcClient(target, TimeProvider.System));

        Assert.DoesNotContain("secret", refusal.ToString(), StringComparison.Ordinal);
    }

    internal static string Error(int code, string message) =>
        $$$"""{"error":{"code":{{{code}}},"message":"{{{message}}}"},"id":"0","jsonrpc":"2.0"}""";

    internal static string Method(PeerRequest request) => request.Body.Split('"')[11];

    private static WalletRpcClient Client(ScriptedHttpPeer peer) => new(new WalletRpcTarget { Address = peer.Address }, TimeProvider.System);

    private static async Task AnswerThenResetAtTheNextRequest(PeerConnection connection, CancellationToken cancellation)
    {
        await connection.ReadRequestAsync(cancellation);
        await connection.SendAsync(Play.Answer(Play.VersionJson), cancellation);
        await connection.ReadRequestAsync(cancellation);
        connection.Reset();
    }
}
