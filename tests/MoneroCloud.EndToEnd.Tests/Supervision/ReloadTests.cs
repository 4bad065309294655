using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary><c>monerocloud reload</c> touches what changed and nothing else.</summary>
[Trait("RunsAs", "NonRoot")]
public sealed class ReloadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bad_file_is_refused_as_a_whole_and_the_present_configuration_stays()
    {
        var node = new NodeUnderTest("one");
        await using var agent = AgentUnderTest.Create("bad", node);
        await agent.StartAsync(Cancellation);
        var before = (await agent.UntilUpAsync("one", Cancellation)).Pid;
        var good = await File.ReadAllTextAsync(agent.ConfigFile, Cancellation);

        foreach (var (bad, complaint) in new[]
        {
            ("{ \"agent\": \"host\", ", "agent.json:1"),
            (good.Replace("\"walletRpc\"", "\"wallet\"", StringComparison.Ordinal), "kind"),
            (good.Replace("\"agent\":\"host\"", "\"agent\":\"other\"", StringComparison.Ordinal), "agent cannot be changed by a reload"),
            (good.Replace("\"stateFolder\":\"state\"", "\"stateFolder\":\"elsewhere\"", StringComparison.Ordinal), "stateFolder cannot be changed by a reload"),
        })
        {
            agent.WriteConfig(bad);
            var (exit, said) = await agent.OrderAsync(ControlVerb.Reload, null, Cancellation);
            Assert.Equal(1, exit);
            Assert.Contains(complaint, said, StringComparison.Ordinal);
            Assert.Contains("goes on with the one it has", said, StringComparison.Ordinal);
        }

        Assert.Equal(before, (await agent.StatusAsync("one", Cancellation)).Pid);
        agent.WriteConfig(good);
        Assert.Equal(0, (await agent.OrderAsync(ControlVerb.Reload, null, Cancellation)).Exit);
        Assert.Equal(before, (await agent.StatusAsync("one", Cancellation)).Pid);
    }

    [Fact]
    public async Task A_changed_node_is_restarted_an_added_one_started_a_removed_one_stopped_and_the_rest_left_alone()
    {
        NodeUnderTest same = new("same"), changed = new("changed"), removed = new("removed"), added = new("added");
        await using var agent = AgentUnderTest.Create("changes", same, changed, removed);
        await agent.StartAsync(Cancellation);
        var before = await PidsAsync(agent, "same", "changed", "removed");

        agent.Configure(same, changed with { More = ["--log-level", "1"] }, added);
        var (exit, said) = await agent.OrderAsync(ControlVerb.Reload, null, Cancellation);

        Assert.Equal(0, exit);
        Assert.Contains("added: added; restarted: changed; removed: removed", said, StringComparison.Ordinal);
        Assert.False(AgentUnderTest.IsAlive(before[2]));
        Assert.Empty(agent.ProcessesOf("removed"));
        var now = await agent.UntilAsync("changed", s => s.Worked && s.Pid != before[1], Cancellation);
        Assert.Contains("--log-level\01", await File.ReadAllTextAsync($"/proc/{now.Pid}/cmdline", Cancellation), StringComparison.Ordinal);
        Assert.Equal(before[0], (await agent.UntilUpAsync("same", Cancellation)).Pid);
        Assert.Equal((await agent.UntilUpAsync("added", Cancellation)).Pid, agent.ProcessesOf("added").Single());
        Assert.Equal(2, (await agent.OrderAsync(ControlVerb.Restart, "removed", Cancellation)).Exit);

        // And back again: what was removed by a reload was never an operator's stop.
        agent.Configure(same, changed with { More = ["--log-level", "1"] }, removed);
        Assert.Equal(0, (await agent.OrderAsync(ControlVerb.Reload, null, Cancellation)).Exit);
        await agent.UntilUpAsync("removed", Cancellation);
        Assert.Equal(before[0], (await agent.UntilUpAsync("same", Cancellation)).Pid);
        Assert.Equal(now.Pid, (await agent.UntilUpAsync("changed", Cancellation)).Pid);
    }

    /// <summary>Port and login both change. The old process is saved by its own, and whoever listens at the new port is told nothing.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_node_whose_address_changes_is_saved_where_it_runs(bool adopted)
    {
        await using var agent = AgentUnderTest.Create("moves");
        await Wallets.MakeAsync(agent, "alice", Cancellation);
        var node = new NodeUnderTest("main") { Wallet = ("alice", agent.WriteSecret("alice.password", Wallets.Password)) };
        agent.Configure(node);
        await agent.StartAsync(Cancellation);
        var before = (await agent.UntilUpAsync("main", Cancellation)).Pid!.Value;
        if (adopted)
        {
            await agent.KillAsync(Cancellation);
            await agent.StartAsync(Cancellation);
            Assert.Equal(before, (await agent.UntilUpAsync("main", Cancellation)).Pid);
        }

        // It answers to everything that it has done it.
        var stranger = ScriptedHttpPeer.Start(Play.Once("HTTP/1.1 200 Ok\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n{\"id\":\"0\",\"jsonrpc\":\"2.0\",\"result\":{}}  "));
        agent.Configure(node with { Port = stranger.Port, Login = agent.WriteSecret("main.login", "monero:secret") });
        Assert.Equal(0, (await agent.OrderAsync(ControlVerb.Reload, null, Cancellation)).Exit);
        await agent.UntilAsync(() => !AgentUnderTest.IsAlive(before), "the old process is gone", Cancellation);
        await agent.UntilAsync("main", s => s.Condition == Condition.PortTaken, Cancellation);

        var steps = (await agent.EventsAsync("main", Cancellation)).Select(e => e.Fact).OfType<NodeFact.LadderMoved>().Select(m => m.Step).ToList();
        Assert.Contains(steps, s => s is { Rung: LadderRung.Store, Result: StepResult.Ok });
        Assert.Equal(adopted, steps.Any(s => s is { Rung: LadderRung.StopWallet, Result: StepResult.Ok }));
        Assert.DoesNotContain(stranger.Requests, r => r.Body.Contains("store", StringComparison.Ordinal) || r.Body.Contains("stop_wallet", StringComparison.Ordinal) || r.Body.Contains("get_height", StringComparison.Ordinal));

        await stranger.DisposeAsync();
        var after = await agent.UntilAsync("main", s => s.Worked && s.Pid != before, Cancellation);
        Assert.Equal([after.Pid!.Value], agent.ProcessesOf("main"));
    }

    [Fact]
    public async Task A_change_of_labels_or_budgets_touches_no_process()
    {
        var node = new NodeUnderTest("one");
        await using var agent = AgentUnderTest.Create("labels", node);
        await agent.StartAsync(Cancellation);
        var before = (await agent.UntilUpAsync("one", Cancellation)).Pid;

        agent.Configure(c => c["nodes"]![0]!["labels"] = new JsonObject { ["tier"] = "gold" }, node with { StopBudget = "20s" });
        var (exit, said) = await agent.OrderAsync(ControlVerb.Reload, null, Cancellation);

        Assert.Equal(0, exit);
        Assert.Contains("no process had to be touched", said, StringComparison.Ordinal);
        Assert.Equal(before, (await agent.UntilUpAsync("one", Cancellation)).Pid);
    }

    [Theory]
    [InlineData(true)] // A reload is under way, and waits for the node that it removes.
    [InlineData(false)]
    public async Task What_goes_down_starts_nothing_that_a_reload_would_add(bool begun)
    {
        await using var agent = AgentUnderTest.Create("leaving");
        var deaf = new NodeUnderTest("deaf") { Program = agent.WriteProgram("deaf", "trap '' TERM; exec sleep 1000"), StopBudget = "4s" };
        var added = new NodeUnderTest("added") { Program = agent.WriteProgram("added", "exec sleep 1000") };
        agent.Configure(deaf);
        await agent.StartAsync(Cancellation);
        await agent.UntilAsync(() => agent.ProcessesOf("deaf") is [var p] && ProcessReader.Name(p) == "sleep", "the program is deaf", Cancellation);
        agent.Configure(begun ? [added] : [deaf, added]);

        var reload = begun ? agent.OrderAsync(ControlVerb.Reload, null, Cancellation) : null;
        if (begun)
        {
            await agent.UntilAsync(() => agent.Output.Contains("SIGTERM", StringComparison.Ordinal), "the reload stops the node", Cancellation);
        }

        AgentUnderTest.Send(agent.Pid, Signals.Interrupt);
        await agent.UntilAsync(() => agent.Output.Contains("saving and stopping all nodes", StringComparison.Ordinal), "it goes down", Cancellation);
        var (exit, said) = await (reload ?? agent.OrderAsync(ControlVerb.Reload, null, Cancellation));

        Assert.Equal(1, exit);
        Assert.Contains("the agent is going down", said, StringComparison.Ordinal);
        Assert.Equal(0, await agent.ExitAsync(Cancellation));
        Assert.Contains("no process is left behind", agent.Output, StringComparison.Ordinal);
        Assert.Empty(agent.ProcessesOf("deaf"));
        Assert.Empty(agent.ProcessesOf("added"));
    }

    private static async Task<int[]> PidsAsync(AgentUnderTest agent, params string[] nodes)
    {
        var pids = new List<int>();
        foreach (var node in nodes)
        {
            pids.Add((await agent.UntilUpAsync(node, Cancellation)).Pid!.Value);
        }

        return [.. pids];
    }
}
