using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ConfigTrustTests
{
    private const string Valid = "{ \"nodes\": [" + ConfigFolder.Wallet + "] }";

    private readonly ConfigFolder _folder = new();

    [Theory]
    [InlineData("620")]
    [InlineData("602")]
    public void A_file_that_others_write_is_refused(string mode)
    {
        _folder.Write("agent.json", Valid, mode);

        Assert.Equal(
            ["agent.json:1: this file can be written by group or others, and whoever writes it decides what the agent runs: chmod go-w agent.json"],
            Read());
    }

    [Theory]
    [InlineData("720")]
    [InlineData("702")]
    public void A_folder_that_others_write_is_refused(string mode)
    {
        _folder.Write("agent.json", Valid);
        _folder.SetMode("", mode);

        Assert.Equal(
            [$"agent.json:1: its folder {_folder.Folder} can be written by group or others, and whoever writes it decides what the agent runs: chmod go-w {_folder.Folder}"],
            Read());
    }

    [Fact]
    public void A_sticky_folder_may_be_written_by_others()
    {
        _folder.Write("agent.json", Valid);
        _folder.SetMode("", "1777");

        Assert.IsType<ConfigResult.Ok>(AgentConfigReader.Read(_folder.File, _folder.Host));
    }

    [Fact]
    public void A_file_of_another_user_is_refused()
    {
        Assert.SkipWhen(_folder.Host.User == 0, "the files of a test belong to root, whom everybody trusts");
        _folder.Write("agent.json", Valid);
        var owner = _folder.Host.User;
        _folder.Host = _folder.Host with { User = owner + 1 };

        Assert.Equal(
            [
                $"agent.json:1: this file belongs to user {owner}; it must belong to root or to the agent's own user",
                $"agent.json:1: its folder {_folder.Folder} belongs to user {owner}; it must belong to root or to the agent's own user",
            ],
            Read());
    }

    [Fact]
    public void A_file_of_root_is_trusted_by_another_user()
    {
        Assert.SkipUnless(_folder.Host.User == 0, "only root can make such a file");
        _folder.Write("agent.json", Valid);
        _folder.Host = _folder.Host with { User = 1000 };

        Assert.IsType<ConfigResult.Ok>(AgentConfigReader.Read(_folder.File, _folder.Host));
    }

    private string[] Read() => _folder.Refused(AgentConfigReader.Read(_folder.File, _folder.Host));
}
