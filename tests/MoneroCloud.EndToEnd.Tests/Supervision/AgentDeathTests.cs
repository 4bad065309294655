using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The agent is killed at the worst moments: there is never a second process, and never none.</summary>
[Trait("RunsAs", "NonRoot")]
public sealed class AgentDeathTests
{
    private const int Deaths = 12;

    private static readonly TimeSpan LongestLife = TimeSpan.FromMilliseconds(400);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_wallet_is_adopted_when_the_agent_was_killed_before_it_could_write_the_pid_down() => AdoptsAfter(agent =>
    {
        var journal = Path.Combine(agent.StateFolder, Names.JournalFile);
        var kept = File.ReadAllLines(journal).Where(l => !l.Contains("\"spawned\"", StringComparison.Ordinal)).ToArray();
        Assert.Contains(kept, l => l.Contains("\"intent\"", StringComparison.Ordinal));
        File.WriteAllLines(journal, kept);
    });

    [Fact]
    public Task A_wallet_is_adopted_when_the_journal_is_lost() => AdoptsAfter(agent => File.Delete(Path.Combine(agent.StateFolder, Names.JournalFile)));

    [Fact]
    public Task A_wallet_is_adopted_when_the_whole_state_folder_is_lost() => AdoptsAfter(agent => Directory.Delete(agent.StateFolder, recursive: true));

    [Fact]
    public async Task An_agent_that_is_killed_again_and_again_while_it_starts_leaves_exactly_one_process_a_node()
    {
        await using var agent = AgentUnderTest.Create("deaths", new NodeUnderTest("one"), new NodeUnderTest("two"));
        for (var n = 1; n <= Deaths; n++)
        {
            agent.Begin();
            var life = LongestLife * Random.Shared.NextDouble();
            await Task.Delay(life, TimeProvider.System, Cancellation);
            await agent.KillAsync(Cancellation);
            AssertAtMostOne(agent, $"after death {n} at {life.TotalMilliseconds:0} ms");
        }

        await agent.StartAsync(Cancellation);
        await agent.UntilUpAsync("one", Cancellation);
        await agent.UntilUpAsync("two", Cancellation);
        Assert.Single(agent.ProcessesOf("one"));
        Assert.Single(agent.ProcessesOf("two"));

        // The counting itself would see a second one.
        await using var second = await PlantAsync(agent, "one");
        Assert.Equal(2, agent.ProcessesOf("one").Length);
    }

    private static void AssertAtMostOne(AgentUnderTest agent, string when)
    {
        foreach (var node in new[] { "one", "two" })
        {
            var pids = agent.ProcessesOf(node);
            Assert.True(pids.Length <= 1, $"{node} has {pids.Length} processes {when}: {string.Join(", ", pids)}\n{agent.Output}");
        }
    }

    private static async Task AdoptsAfter(Action<AgentUnderTest> damage)
    {
        await using var agent = AgentUnderTest.Create("adopts", new NodeUnderTest("plain"));
        await agent.StartAsync(Cancellation);
        var before = await agent.UntilUpAsync("plain", Cancellation);

        await agent.KillAsync(Cancellation);
        damage(agent);
        await agent.StartAsync(Cancellation);

        var after = await agent.UntilUpAsync("plain", Cancellation);
        Assert.Equal(before.Pid, after.Pid);
        Assert.Equal([before.Pid!.Value], agent.ProcessesOf("plain"));
        var events = await agent.EventsAsync("plain", Cancellation);
        Assert.Contains(events, e => e.Fact is NodeFact.Adopted { Pid: var pid } && pid == before.Pid);

        // And it is supervised: its death is seen and answered.
        await Wallets.ReadyForASecondAsync(agent, "plain", Cancellation);
        AgentUnderTest.Send(before.Pid.Value, Signals.Kill);
        var next = await agent.UntilAsync("plain", s => s.Worked && s.Pid != before.Pid, Cancellation);
        Assert.Equal([next.Pid!.Value], agent.ProcessesOf("plain"));
    }

    private static Task<RealProgram> PlantAsync(AgentUnderTest agent, string node)
    {
        var port = FreePort.Next();
        var marker = new Marker(NodeName.Parse("host"), agent.ConfigFile).New(NodeName.Parse(node));
        return RealProgram.StartAsync(
            "setsid",
            ["monero-wallet-rpc", "--rpc-bind-port", $"{port}", "--disable-rpc-login", "--rpc-ssl", "disabled", "--offline", "--wallet-dir", TestRun.NewFolder("planted"), "--log-file", Path.Combine(agent.Folder, "planted.log")],
            new Dictionary<string, string> { [Names.InstanceVariable] = marker },
            agent.Folder,
            port);
    }
}
