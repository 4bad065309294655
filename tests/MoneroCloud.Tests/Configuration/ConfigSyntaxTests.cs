using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ConfigSyntaxTests
{
    private readonly ConfigFolder _folder = new();

    [Theory]
    [InlineData("", "agent.json:1:1: not valid JSON: The input does not contain any JSON tokens. Expected the input to start with a valid JSON token, when isFinalBlock is true.")]
    [InlineData("{\n  \"agent\": \"ä\" \"nodes\"\n}", "agent.json:2:16: not valid JSON: '\"' is invalid after a value. Expected either ',', '}', or ']'.")]
    [InlineData("{\n  \"agent\": tru\n}", "agent.json:2:15: not valid JSON: an invalid JSON literal. Expected the literal 'true'.")]
    [InlineData("{} {}", "agent.json:1:4: not valid JSON: '{' is invalid after a single JSON value. Expected end of data.")]
    [InlineData("[]", "agent.json:1: must be an object, not a list")]
    [InlineData("\n\"x\"", "agent.json:2: must be an object, not text")]
    public void What_is_not_an_object_of_JSON_is_refused_with_its_place(string json, string expected) =>
        Assert.Equal([expected], _folder.Errors(json));

    [Fact]
    public void An_unterminated_comment_is_refused_with_its_line() =>
        Assert.StartsWith("agent.json:3:", Assert.Single(_folder.Errors("{\n\n/* ")));

    [Fact]
    public void Too_deep_nesting_is_refused() =>
        Assert.Contains("not valid JSON: The maximum configured depth", Assert.Single(_folder.Errors(string.Concat(Enumerable.Repeat("{\"a\":", 40)))));

    [Fact]
    public void Text_that_is_not_UTF8_is_refused_with_its_line()
    {
        File.WriteAllBytes(_folder.File, [(byte)'{', (byte)'\n', 0xff, (byte)'}']);
        _folder.SetMode("agent.json", "600");

        Assert.Equal(["agent.json:2: not UTF-8 text"], _folder.Refused(AgentConfigReader.Read(_folder.File, _folder.Host)));
    }

    [Fact]
    public void Half_a_character_and_a_NUL_are_refused()
    {
        const string Expected = @"holds \u0000 or half a character (\ud800 to \udfff)";

        var errors = _folder.NodeErrors("""{ "name": "main", "kind": "walletRpc", "port": 18210, "arguments": ["--wallet-dir=w", "--disable-rpc-login", "a\u0000b", "\ud800"] }""");

        Assert.Equal([$"agent.json:2: nodes[0].arguments[2]: {Expected}", $"agent.json:2: nodes[0].arguments[3]: {Expected}"], errors);
    }

    [Fact]
    public void Comments_trailing_commas_and_a_byte_order_mark_are_allowed()
    {
        var config = _folder.Accept("\ufeff// one\n{ /* two\n */ \"agent\": \"host-2\", \"nodes\": [" + ConfigFolder.Wallet + ",], }");

        Assert.Equal("host-2", config.Agent.ToString());
    }

    [Fact]
    public void A_key_given_twice_is_refused() => Assert.Equal(
        ["agent.json:3: agent: is given twice, first on line 2"],
        _folder.Errors("{\n\"agent\": \"a\",\n\"agent\": \"b\", \"nodes\": [" + ConfigFolder.Wallet + "] }"));

    [Fact]
    public void Control_characters_of_a_key_do_not_reach_the_terminal() => Assert.Equal(
        ["agent.json:1: ?[2J: is not a known key"],
        _folder.Errors(@"{ ""\u001b[2J"": 1, ""nodes"": [" + ConfigFolder.Wallet + "] }"));

    [Fact]
    public void A_missing_file_is_refused() =>
        Assert.Equal(["agent.json:1: does not exist, or cannot be reached"], _folder.Refused(AgentConfigReader.Read(_folder.File, _folder.Host)));

    [Fact]
    public void A_folder_instead_of_a_file_is_refused()
    {
        Directory.CreateDirectory(_folder.File);

        Assert.Equal(["agent.json:1: is a folder, not a file"], _folder.Refused(AgentConfigReader.Read(_folder.File, _folder.Host)));
    }

    [Fact]
    public void A_device_is_refused() => Assert.Equal(["/dev/null:1: is not a file"], _folder.Refused(AgentConfigReader.Read("/dev/null", _folder.Host)));

    [Fact]
    public void A_file_that_fails_to_read_is_refused() =>
        Assert.Contains("cannot be read", Assert.Single(_folder.Refused(AgentConfigReader.Read("/proc/self/mem", _folder.Host))));

    [Fact]
    public void A_file_without_permission_is_refused()
    {
        Assert.SkipWhen(_folder.Host.User == 0, "root may read everything");
        _folder.Write("agent.json", "{}", "000");

        Assert.Equal(["agent.json:1: cannot be read: permission denied"], _folder.Refused(AgentConfigReader.Read(_folder.File, _folder.Host)));
    }

    [Fact]
    public void A_file_over_1_MiB_is_refused_and_one_of_exactly_that_is_read()
    {
        var content = "{ \"nodes\": [" + ConfigFolder.Wallet + "] }";

        Assert.NotNull(_folder.Accept(content.PadRight(1024 * 1024)));
        Assert.Equal(["agent.json:1: is larger than 1024 KiB"], _folder.Errors(content.PadRight((1024 * 1024) + 1)));
    }

    [Fact]
    public void A_file_reached_by_a_link_is_read_with_the_folder_it_stands_in()
    {
        _folder.Accept("{ \"nodes\": [" + ConfigFolder.Wallet.Replace("\"port\"", "\"folder\": \"secrets\", \"port\"", StringComparison.Ordinal) + "] }");
        var link = new ConfigFolder().At("linked.json");
        File.CreateSymbolicLink(link, _folder.File);

        var config = Assert.IsType<ConfigResult.Ok>(AgentConfigReader.Read(link, _folder.Host)).Config;

        Assert.Equal((_folder.File, _folder.At("secrets")), (config.File, config.Nodes[0].Folder));
    }
}
