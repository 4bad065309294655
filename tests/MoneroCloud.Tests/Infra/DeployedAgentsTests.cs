using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary><c>agents add</c> and <c>agents remove --environment</c>: the list of agents of a deployment, by azd.</summary>
public sealed class DeployedAgentsTests
{
    private static readonly string[] Two = ["AZURE_ENV_NAME=\"prod\"", "AGENT_IDS=\"host-1, host-2\"", "OTHER=\"a=b\""];

    [Fact]
    public async Task New_ones_come_to_the_end_of_the_list_and_the_next_step_is_said()
    {
        var azd = new AzdStandIn(Two);

        var run = await AddAsync(azd, null, "host-3", "host-1", "a");

        Assert.Equal(
            (0, "AGENT_IDS of the azd environment prod is now host-1,host-2,host-3,a\nnext: azd provision, which makes a queue, its key and a file for 'enroll --file' (.azure/prod/agents/AGENT.json)\n", ""),
            (run.Exit, run.Output, run.Error));
        Assert.Equal(["AZURE_ENV_NAME=\"prod\"", "OTHER=\"a=b\"", "AGENT_IDS=\"host-1,host-2,host-3,a\""], azd.Values);
        Assert.Equal(
            [$"{azd.Folder}|no key|env get-values --no-prompt", $"{azd.Folder}|no key|env set AGENT_IDS host-1,host-2,host-3,a --no-prompt", $"{azd.Folder}|no key|env get-values --no-prompt"],
            azd.Calls);
    }

    [Fact]
    public async Task The_first_one_of_a_named_environment_makes_the_list()
    {
        var azd = new AzdStandIn("AZURE_LOCATION=\"westeurope\"");

        var run = await AddAsync(azd, "other", "host-1");

        Assert.Equal((0, "AGENT_IDS is now host-1\nnext: azd provision, which makes a queue, its key and a file for 'enroll --file' (.azure/ENVIRONMENT/agents/host-1.json)\n"), (run.Exit, run.Output));
        Assert.All(azd.Calls, call => Assert.EndsWith("--environment other --no-prompt", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nothing_changes_nothing_is_written()
    {
        var azd = new AzdStandIn(Two);

        var added = await AddAsync(azd, null, "host-2");
        var removed = await RemoveAsync(azd, "host-9");

        Assert.Equal((0, "nothing to do: AGENT_IDS of the azd environment prod has host-2 already\n"), (added.Exit, added.Output));
        Assert.Equal((0, "nothing to do: AGENT_IDS of the azd environment prod does not have host-9\n"), (removed.Exit, removed.Output));
        Assert.Equal(Two, azd.Values);
    }

    [Fact]
    public async Task One_is_taken_out_and_what_stays_behind_is_said()
    {
        var azd = new AzdStandIn(Two);

        var first = await RemoveAsync(azd, "host-1");
        var last = await RemoveAsync(azd, "host-2");

        Assert.Equal(
            (0, "AGENT_IDS of the azd environment prod is now host-2\nnext: azd provision; it leaves the queue commands-host-1 behind, which 'az servicebus queue delete' removes with its key\n"),
            (first.Exit, first.Output));
        Assert.StartsWith("AGENT_IDS of the azd environment prod is now empty\n", last.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_at_its_bound_takes_no_more()
    {
        var azd = new AzdStandIn($"AGENT_IDS=\"{string.Join(',', Enumerable.Range(1, 300).Select(i => $"host-number-{i}-with-a-name-of-some-length"[..30] + i))}\"");
        var before = azd.Values;

        var run = await AddAsync(azd, null, "one-more");

        Assert.Equal((1, "monerocloud: AGENT_IDS would have 301 agents: one deployment takes at most 300\n"), (run.Exit, run.Error));
        Assert.Equal(before, azd.Values);
    }

    [Fact]
    public async Task What_azd_says_is_passed_on_in_one_line()
    {
        var refusing = new AzdStandIn();
        refusing.Put("refuse", "\nERROR: no project exists;\n\u001b[31mto create a new project, run azd init\n");
        var deaf = new AzdStandIn(Two);
        deaf.Put("deaf", "");
        var garbled = new AzdStandIn("AGENT_IDS=\"host-1,Not a name\"");

        Assert.Equal((1, "monerocloud: azd env get-values ended with code 1: ERROR: no project exists;;  [31mto create a new project, run azd init\n"), Ended(await AddAsync(refusing, null, "a")));
        Assert.Equal((1, "monerocloud: azd said that it set AGENT_IDS, and tells another value\n"), Ended(await AddAsync(deaf, null, "a")));
        Assert.Equal((1, $"monerocloud: AGENT_IDS has 'Not a name': a name is {NodeName.Rule}, and commas stand between names\n"), Ended(await AddAsync(garbled, null, "a")));
        var none = await CommandRun.OfAsync(shell => new DeployedAgents(shell, null).AddAsync([NodeName.Parse("a")], TestContext.Current.CancellationToken), []);
        Assert.Equal(1, none.Exit);
        Assert.StartsWith("monerocloud: azd is in no folder of PATH", none.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'Host' is not an agent's name: 1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit", "Host")]
    [InlineData("'a,b' is not an agent's name", "ok", "a,b")]
    [InlineData("'../a' is not an agent's name", "../a")]
    [InlineData("'monitor' stands for something else, and no agent can have this name", "monitor")]
    [InlineData("'remote' stands for something else, and no agent can have this name", "remote")]
    [InlineData("'a' is named twice", "a", "b", "a")]
    public async Task A_bad_name_is_refused_before_azd_is_asked(string error, params string[] names)
    {
        var run = await CommandRun.OfAsync(["agents", "add", .. names], []);

        Assert.Equal(ExitCode.Usage, run.Exit);
        Assert.Contains(error, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_list_cannot_be_changed_nothing_is_removed()
    {
        // Nobody answers there: the monitor would be the other failure.
        var run = await CommandRun.OfAsync(["agents", "remove", "host-1", "--environment", "none"], ["MONEROCLOUD_MONITOR=http://127.0.0.1:1", $"MONEROCLOUD_KEY={CommandRun.Key}"], TimeProvider.System);
        var bad = await CommandRun.OfAsync(["agents", "remove", "Host", "--environment", "none"], ["MONEROCLOUD_MONITOR=http://127.0.0.1:1", $"MONEROCLOUD_KEY={CommandRun.Key}"]);

        Assert.Equal((ExitCode.Failed, ExitCode.Usage), (run.Exit, bad.Exit));
        Assert.StartsWith("monerocloud: azd ", run.Error, StringComparison.Ordinal);
        Assert.Contains("'Host' is not an agent's name", bad.Error, StringComparison.Ordinal);
    }

    private static (int Exit, string Error) Ended(CommandRun run) => (run.Exit, run.Error);

    private static Task<CommandRun> AddAsync(AzdStandIn azd, string? environment, params string[] names) =>
        OfAsync(azd, environment, agents => agents.AddAsync([.. names.Select(NodeName.Parse)], TestContext.Current.CancellationToken));

    private static Task<CommandRun> RemoveAsync(AzdStandIn azd, string name) =>
        OfAsync(azd, null, agents => agents.RemoveAsync(NodeName.Parse(name), TestContext.Current.CancellationToken));

    private static Task<CommandRun> OfAsync(AzdStandIn azd, string? environment, Func<DeployedAgents, Task<int>> run) =>
        CommandRun.OfAsync(shell => run(new DeployedAgents(shell, AzdEnvironment.Find(azd.Host, environment, azd.Folder, shell.Time))), [], TimeProvider.System);
}
