using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.WalletRpc;

/// <summary>Commands are sent at most once, and their secrets are shown nowhere.</summary>
public sealed class CommandTests
{
    private const string Done = """{"id":"0","jsonrpc":"2.0","result":{}}""";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_wallet_sends_file_and_password_as_they_are()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Done)));
        using var client = Client(peer);

        var reply = await client.OpenWalletAsync("main \"1\"", "p+\\\"ä€\n", Deadline, Cancellation);

        Assert.Equal(new RpcReply.Done(), reply);
        using var sent = JsonDocument.Parse(Assert.Single(peer.Requests).Body);
        Assert.Equal("open_wallet", sent.RootElement.GetProperty("method").GetString());
        Assert.Equal("main \"1\"", sent.RootElement.GetProperty("params").GetProperty("filename").GetString());
        Assert.Equal("p+\\\"ä€\n", sent.RootElement.GetProperty("params").GetProperty("password").GetString());
    }

    [Fact]
    public async Task Store_and_stop_wallet_are_called_by_name()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Done)));
        using var client = Client(peer);

        Assert.Equal(new RpcReply.Done(), await client.StoreAsync(Deadline, Cancellation));
        Assert.Equal(new RpcReply.Done(), await client.StopWalletAsync(Deadline, Cancellation));

        Assert.Equal(["store", "stop_wallet"], peer.Requests.Select(WalletRpcClientTests.Method));
    }

    [Fact]
    public async Task A_refusal_has_its_code_and_the_nodes_words()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(WalletRpcClientTests.Error(-1, "Failed to open wallet"))));
        using var client = Client(peer);

        Assert.Equal(new RpcReply.Error(-1, "Failed to open wallet"), await client.OpenWalletAsync("a", "b", Deadline, Cancellation));
    }

    [Fact]
    public async Task A_command_never_goes_over_a_kept_connection_and_is_never_sent_twice()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Play.VersionJson)), Play.ResetAfterTheRequest);
        using var client = Client(peer);

        await client.CheckAsync(walletDeclared: false, Cancellation);
        var reply = await client.OpenWalletAsync("a", "b", Deadline, Cancellation);

        Assert.Equal(new RpcReply.NoAnswer(new ApiAnswer.Reset()), reply);
        Assert.Equal(["get_version", "open_wallet"], peer.Requests.Select(WalletRpcClientTests.Method));
    }

    [Fact]
    public async Task A_message_in_words_that_are_not_known_is_withheld()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(WalletRpcClientTests.Error(-1, "hunter2 is wrong"))));
        using var client = Client(peer);

        var reply = Assert.IsType<RpcReply.Error>(await client.OpenWalletAsync("a", "hunter2", Deadline, Cancellation));

        Assert.Equal("in words that are not shown", reply.Message);
    }

    [Theory]
    [InlineData("No wallet file", "No wallet file")]
    [InlineData("failed to save file hunter2.keys", "failed to save file")]
    [InlineData("boost::filesystem: no space left on device: \"/hunter2\"", "No space left on device")]
    [InlineData("a\r\nforged log line\u001b[31m\u00e4", "in words that are not shown")]
    [InlineData("", "without a message")]
    [InlineData(null, "without a message")]
    public void Of_a_message_only_known_words_are_told(string? message, string shown) => Assert.Equal(shown, RpcErrorText.Of(message));

    [Fact]
    public void No_text_of_a_target_a_login_or_a_request_shows_a_secret()
    {
        Assert.True(RpcLogin.TryParse("monitor:hunter2", out var login));
        var target = new WalletRpcTarget { Address = new Uri("http://127.0.0.1:1"), Login = login };

        var texts = $"{login} {target} {RpcRequest.OpenWallet("file", "hunter2")} {new OpenWalletParams("file", "hunter2")}";

        Assert.DoesNotContain("hunter2", texts, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user:pass", "user", "pass")]
    [InlineData("user:pa:ss", "user", "pa:ss")]
    [InlineData("user:", "user", "")]
    public void A_login_is_divided_at_its_first_colon(string text, string user, string password)
    {
        Assert.True(RpcLogin.TryParse(text, out var login));
        Assert.Equal((user, password), (login.User, login.Password));
    }

    [Theory]
    [InlineData("user")]
    [InlineData(":pass")]
    [InlineData("")]
    [InlineData(null)]
    public void A_text_without_a_user_or_a_colon_is_no_login(string? text) => Assert.False(RpcLogin.TryParse(text, out _));

    private static WalletRpcClient Client(ScriptedHttpPeer peer) => new(new WalletRpcTarget { Address = peer.Address }, TimeProvider.System);
}
