using MoneroCloud.Testing;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What a shell is told that may stand at the cursor.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("monerocloud sta", "start status")]
    [InlineData("monerocloud agents ", "add list remove rotate")]
    [InlineData("monerocloud completion ", "bash fish zsh")]
    [InlineData("monerocloud status --me", "--method")]
    public async Task Commands_and_options_are_told(string line, string expected)
    {
        var told = await ToldAsync(line, []);

        Assert.All(expected.Split(' '), word => Assert.Contains(word, told, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nodes_are_asked_of_the_monitor_that_is_set()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Told.Json(Told.Nodes(Told.Node("a.main"), Told.Node("b.main"), Told.Node("b.second")))));

        var told = await ToldAsync("monerocloud restart ", [$"MONEROCLOUD_MONITOR={peer.Address}", $"MONEROCLOUD_KEY={CommandRun.Key}"]);

        Assert.All(["a.main", "b.main", "b.second", "second"], id => Assert.Contains(id, told, StringComparer.Ordinal));
        Assert.DoesNotContain("main", told, StringComparer.Ordinal); // Two nodes are called so.
    }

    [Fact]
    public async Task A_monitor_that_refuses_spoils_nothing()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Told.Problem(401, "A valid key is needed", "no")));

        var run = await RunAsync("monerocloud restart --j", [$"MONEROCLOUD_MONITOR={peer.Address}", $"MONEROCLOUD_KEY={CommandRun.Key}"]);

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains("--json\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Each_shell_has_its_script(string shell)
    {
        var run = await CommandRun.OfAsync(["completion", shell], []);

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.StartsWith(shell == "zsh" ? "#compdef monerocloud\n" : $"# {shell} completion of monerocloud: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_other_shell_has_one()
    {
        var run = await CommandRun.OfAsync(["completion", "powershell"], []);

        Assert.Equal(2, run.Exit);
        Assert.Contains("'bash'", run.Error, StringComparison.Ordinal);
    }

    private static async Task<string[]> ToldAsync(string line, string[] variables) => (await RunAsync(line, variables)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static Task<CommandRun> RunAsync(string line, string[] variables) => CommandRun.OfAsync([$"[suggest:{line.Length}]", line], variables, TimeProvider.System);
}
