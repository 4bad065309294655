using Xunit;

namespace MoneroCloud.Tests;

public sealed class ConfigSecretTests
{
    private readonly ConfigFolder _folder = new();

    [Fact]
    public void A_login_is_read_from_a_file_and_shows_only_its_place()
    {
        var login = _folder.AcceptNode(Node("file:secrets/login")).Login!;

        Assert.Equal(("alice:hunter2", "file:" + _folder.At("secrets/login")), (login.Reveal(), login.ToString()));
    }

    [Fact]
    public void A_login_is_read_from_the_environment()
    {
        _folder.Host = _folder.Host with { Variables = _folder.Host.Variables.Add("MAIN_LOGIN", "bob:secret") };

        var login = _folder.AcceptNode(Node("env:MAIN_LOGIN")).Login!;

        Assert.Equal(("bob:secret", "env:MAIN_LOGIN"), (login.Reveal(), login.ToString()));
    }

    [Fact]
    public void A_secret_is_read_again_at_each_load()
    {
        Assert.Equal("alice:hunter2", _folder.AcceptNode(Node("file:secrets/login")).Login!.Reveal());
        _folder.Write("secrets/login", "alice:changed\r\n");

        Assert.Equal("alice:changed", _folder.AcceptNode(Node("file:secrets/login")).Login!.Reveal());
    }

    [Theory]
    [InlineData("file:secrets/none", "secrets/none does not exist, or cannot be reached")]
    [InlineData("file:secrets", "secrets is a folder, not a file")]
    [InlineData("file:/dev/null", "/dev/null is not a file")]
    [InlineData("env:MAIN_LOGIN", "the environment variable MAIN_LOGIN is not set")]
    [InlineData("alice:hunter2", "is not file:PATH or env:NAME; a secret itself must not stand in this file")]
    [InlineData("env:A-B", "is not file:PATH or env:NAME; a secret itself must not stand in this file")]
    [InlineData("", "is empty: it must be file:PATH or env:NAME; a secret itself must not stand in this file")]
    public void A_secret_without_a_place_is_refused(string source, string expected) =>
        Assert.Equal([$"agent.json:2: nodes[0].login: {expected}"], _folder.NodeErrors(Node(source)));

    [Theory]
    [InlineData("", "secrets/x is empty")]
    [InlineData("alice", "file:secrets/x does not hold user:password")]
    [InlineData(":hunter2", "file:secrets/x does not hold user:password")]
    [InlineData("alice:\n", "file:secrets/x does not hold user:password")]
    [InlineData("alice:a\nb", "secrets/x holds more than one line, or control characters")]
    [InlineData("alice:a\n\n", "secrets/x holds more than one line, or control characters")]
    public void A_login_must_be_one_line_of_user_and_password(string content, string expected)
    {
        _folder.Write("secrets/x", content);

        Assert.Equal([$"agent.json:2: nodes[0].login: {expected}"], _folder.NodeErrors(Node("file:secrets/x")));
    }

    [Fact]
    public void A_secret_of_64_KiB_is_read_and_a_larger_one_refused()
    {
        _folder.Write("secrets/x", "a:".PadRight(64 * 1024, 'x'));
        Assert.Equal(64 * 1024, _folder.AcceptNode(Node("file:secrets/x")).Login!.Reveal().Length);
        _folder.Write("secrets/x", "a:".PadRight((64 * 1024) + 1, 'x'));

        Assert.Equal(["agent.json:2: nodes[0].login: secrets/x is larger than 64 KiB"], _folder.NodeErrors(Node("file:secrets/x")));
    }

    [Fact]
    public void A_secret_that_is_not_text_is_refused()
    {
        File.WriteAllBytes(_folder.At("secrets/login"), [(byte)'a', (byte)':', 0xff]);

        Assert.Equal(["agent.json:2: nodes[0].login: secrets/login is not UTF-8 text"], _folder.NodeErrors(Node("file:secrets/login")));
    }

    [Theory]
    [InlineData("640")]
    [InlineData("604")]
    [InlineData("620")]
    public void A_secret_open_to_group_or_others_is_refused(string mode)
    {
        _folder.SetMode("secrets/login", mode);

        Assert.Equal(
            ["agent.json:2: nodes[0].login: secrets/login is open to group or others: chmod 600 secrets/login"],
            _folder.NodeErrors(Node("file:secrets/login")));
    }

    [Fact]
    public void A_wallet_needs_a_login_or_must_say_that_it_has_none() => Assert.Equal(
        ["agent.json:2: nodes[0].login: is missing: a walletRpc node needs it, or --disable-rpc-login among its arguments; else the program makes up a password nobody knows"],
        _folder.NodeErrors("""{ "name": "main", "kind": "walletRpc", "port": 18210, "arguments": ["--wallet-dir=w"] }"""));

    [Fact]
    public void A_wallet_cannot_have_a_login_and_disable_it() => Assert.Equal(
        ["agent.json:2: nodes[0].arguments[1]: --disable-rpc-login contradicts \"login\""],
        _folder.NodeErrors(Node("file:secrets/login").Replace("\"--wallet-dir=w\"", "\"--wallet-dir=w\", \"--disable-rpc-login\"", StringComparison.Ordinal)));

    [Fact]
    public void A_daemon_may_have_a_login_or_none()
    {
        Assert.Null(_folder.AcceptNode(ConfigFolder.Daemon).Login);
        Assert.Equal(
            "alice:hunter2",
            _folder.AcceptNode("""{ "name": "d", "kind": "daemon", "port": 1, "login": "file:secrets/login" }""").Login!.Reveal());
    }

    [Fact]
    public void No_message_shows_a_secret_that_stands_in_the_wrong_place()
    {
        string[] nodes =
        [
            """{ "name": "a", "kind": "walletRpc", "port": 1, "login": "u:hunter2", "wallet": { "file": "w", "password": "hunter2" }, "arguments": ["--wallet-dir=w", "--rpc-login=u:hunter2"] }""",
            """{ "name": "b", "kind": "walletRpc", "port": 2, "login": ["hunter2"], "environment": { "RPC_LOGIN": "hunter2" }, "arguments": ["--wallet-dir=w", "--password", "hunter2"] }""",
        ];

        Assert.DoesNotContain("hunter2", string.Join('\n', _folder.NodeErrors(nodes)));
    }

    private static string Node(string source) =>
        $$"""{ "name": "main", "kind": "walletRpc", "port": 18210, "arguments": ["--wallet-dir=w"], "login": "{{source}}" }""";
}
