using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>What a restart of a real wallet loses, and what it says about it.</summary>
public sealed class RestartProofTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restart_loses_no_block_and_a_kill_does_and_both_say_so()
    {
        await using var wallet = await LadderUnderTest.StartAsync("proof", Cancellation);
        var height = await wallet.RefreshBlocksAsync(15);

        var proof = (await wallet.RestartAsync(Cancellation)).Proof!;

        output.WriteLine(LadderUnderTest.Text(proof));
        Assert.Equal((ProofState.Complete, height), (proof.State, proof.HeightBefore));
        Assert.True(proof.HeightAfter >= height, $"{proof.HeightAfter} after, {height} before");
        Assert.IsType<Losses.None>(proof.Losses);
        Assert.NotEqual(proof.Before, proof.After);
        Assert.Equal(
            [LadderRung.Continue, LadderRung.Store, LadderRung.StopWallet, LadderRung.Terminate, LadderRung.Port, LadderRung.Start, LadderRung.Answer, LadderRung.OpenWallet, LadderRung.Height],
            proof.Steps.Select(s => s.Rung));
        Assert.All(proof.Steps, s => Assert.True(s.Result is StepResult.Ok || (s.Rung, s.Result) is (LadderRung.StopWallet, StepResult.Skipped), ProofText.Of(s)));

        // The control: the same blocks, and nobody saves.
        var more = await wallet.RefreshBlocksAsync(15);
        await Wallets.ReadyForASecondAsync(wallet.Agent, LadderUnderTest.Node, Cancellation);
        await wallet.Agent.UntilAsync(LadderUnderTest.Node, s => s.Message.Contains($"height {more}", StringComparison.Ordinal), Cancellation);
        AgentUnderTest.Send(proof.After!.Pid, Signals.Kill);
        await wallet.Agent.UntilAsync(LadderUnderTest.Node, s => s.Worked && s.Pid != proof.After.Pid, Cancellation);
        var killed = await wallet.ProofAfterAsync(proof, Cancellation);

        output.WriteLine(LadderUnderTest.Text(killed));
        var losses = Assert.IsType<Losses.MayBeRescanned>(killed.Losses);
        Assert.NotNull(losses.OpenedAt);
        Assert.IsType<RestartReason.ByExit>(killed.Reason);
        Assert.Equal(proof.After, killed.Before);
        Assert.InRange(killed.HeightBefore!.Value, height, more); // What the agent's own last check had seen.

        // With its daemon at hand the wallet may have fetched them again before it is asked. What it had saved is in its file.
        var saved = await wallet.SavedHeightAsync();
        output.WriteLine($"of {height} blocks that were saved by the restart {saved} are in the file; of {more - height} that a kill followed none");
        Assert.Equal(height, saved);
        Assert.True(more > saved, "the control did not lose anything");
    }

    [Fact]
    [Trait("Tier", "soak")]
    public async Task Behind_a_hung_daemon_a_wallet_has_its_time_and_with_now_it_has_not_and_the_proof_says_what_that_costs()
    {
        await using var wallet = await LadderUnderTest.StartAsync("behind", Cancellation, stopBudget: "60s");
        var height = await wallet.RefreshBlocksAsync(10);
        await wallet.HangAsync(Cancellation);
        var before = wallet.Agent.ProcessesOf(LadderUnderTest.Node).Single();

        var patient = wallet.RestartAsync(Cancellation);
        await wallet.Agent.UntilAsync(() => wallet.Agent.Output.Contains("SIGTERM", StringComparison.Ordinal), "it is told to end", Cancellation);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Cancellation);
        Assert.True(AgentUnderTest.IsAlive(before), "it was ended before its time");
        wallet.Signal(Signals.Continue);
        var saved = (await patient).Proof!;

        output.WriteLine(LadderUnderTest.Text(saved));
        Assert.IsType<StepResult.Skipped>(saved.Steps.Single(s => s.Rung == LadderRung.Store).Result);
        Assert.True(saved.Steps.Single(s => s.Rung == LadderRung.Terminate).TookMs >= 2_000);
        Assert.DoesNotContain(saved.Steps, s => s.Rung == LadderRung.Kill);
        Assert.IsType<Losses.None>(saved.Losses);
        Assert.True(saved.HeightAfter >= height);

        await wallet.HangAsync(Cancellation);
        var now = wallet.RestartAsync(Cancellation, TimeSpan.FromSeconds(1));
        await wallet.Agent.UntilAsync(() => !AgentUnderTest.IsAlive(saved.After!.Pid), "it is killed", Cancellation);
        wallet.Signal(Signals.Continue);
        var killed = (await now).Proof!;

        output.WriteLine(LadderUnderTest.Text(killed));
        var terminate = killed.Steps.Single(s => s.Rung == LadderRung.Terminate);
        Assert.IsType<StepResult.Overdue>(terminate.Result);
        Assert.InRange(terminate.TookMs!.Value, 900, 15_000);
        Assert.IsType<StepResult.Ok>(killed.Steps.Single(s => s.Rung == LadderRung.Kill).Result);
        Assert.NotNull(Assert.IsType<Losses.MayBeRescanned>(killed.Losses).OpenedAt);
    }

    [Fact]
    [Trait("Tier", "soak")]
    public async Task Behind_a_hung_daemon_a_wallet_ends_in_order_within_the_default_budget()
    {
        await using var wallet = await LadderUnderTest.StartAsync("patient", Cancellation);
        var height = await wallet.RefreshBlocksAsync(30);
        await wallet.HangAsync(Cancellation);

        var restart = wallet.RestartAsync(Cancellation);
        var before = wallet.Agent.ProcessesOf(LadderUnderTest.Node).Single();
        for (var began = TimeProvider.System.GetTimestamp(); AgentUnderTest.IsAlive(before); await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancellation))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(240));
        }

        wallet.Signal(Signals.Continue);
        var proof = (await restart).Proof!;
        output.WriteLine(LadderUnderTest.Text(proof));
        Assert.DoesNotContain(proof.Steps, s => s.Rung == LadderRung.Kill);
        Assert.IsType<Losses.None>(proof.Losses);
        Assert.True(proof.HeightAfter >= height);
    }

    [Fact]
    public async Task A_wallet_that_could_not_be_saved_is_in_the_proof_and_in_the_notes()
    {
        await using var agent = AgentUnderTest.Create("full");
        var folder = Directory.CreateDirectory(Path.Combine(agent.Folder, "wallets")).FullName;
        Assert.SkipUnless(TestMount.TryTmpfs(folder, "1m"), "Only root may mount the small disk this needs.");
        try
        {
            await Wallets.MakeAsync(agent, "alice", Cancellation);
            agent.Configure(new NodeUnderTest("main") { Wallet = ("alice", agent.WriteSecret("alice.password", Wallets.Password)) });
            await agent.StartAsync(Cancellation);
            await agent.UntilAsync("main", s => s is { Condition: Condition.Healthy, Notes: [Note.DiskLow] }, Cancellation);
            TestMount.Fill(Path.Combine(folder, "filler"));

            var outcome = await LadderUnderTest.OrderAsync(agent, "main", ControlVerb.Restart, Cancellation);

            output.WriteLine(LadderUnderTest.Text(outcome.Proof!));
            Assert.Equal(-1, Assert.IsType<StepResult.Declined>(outcome.Proof!.Steps.Single(s => s.Rung == LadderRung.Store).Result).Code);
            Assert.IsType<StepResult.Failed>(outcome.Proof.Steps.Single(s => s.Rung == LadderRung.Terminate).Result);
            Assert.Contains("failed to save file", Assert.IsType<Losses.SaveFailed>(outcome.Proof.Losses).Text, StringComparison.Ordinal);
            Assert.Contains("could not be saved", outcome.Text, StringComparison.Ordinal);
            Assert.Contains(Note.SaveFailed, (await agent.StatusAsync("main", Cancellation)).Notes);
        }
        finally
        {
            TestMount.Unmount(folder);
        }
    }

    [Fact]
    public async Task Without_an_open_wallet_nothing_is_lost_and_the_command_line_says_so()
    {
        await using var agent = AgentUnderTest.Create("closed", new NodeUnderTest("plain"));
        await agent.StartAsync(Cancellation);
        await agent.UntilUpAsync("plain", Cancellation);

        var (exit, said, error) = await agent.RunAsync(Cancellation, "restart", "plain", "--now");

        output.WriteLine(said);
        Assert.True(exit == 0, said + error);
        Assert.Contains("plain: SIGKILL follows after 10s instead of 230s; if it has not saved by then: if a wallet is open, what happened since", said, StringComparison.Ordinal);
        Assert.Contains("step store: skipped: no wallet is open (error -13)", said, StringComparison.Ordinal);
        Assert.Contains("plain:   lost: nothing: no wallet was open", said, StringComparison.Ordinal);
        Assert.Matches(@"plain:   restarted in [\d.]+ s, pid \d+ -> \d+", said);

        (exit, said, _) = await agent.RunAsync(Cancellation, "stop", "plain", "--json");
        Assert.Equal(0, exit);
        Assert.Contains("""{"node":"plain","outcome":{"result":"Done",""", said, StringComparison.Ordinal);
        (exit, said, _) = await agent.RunAsync(Cancellation, "restart", "plain", "--now", "5m");
        Assert.Equal(1, exit);
        Assert.Contains("SIGKILL after 5m is out of range, 0s to the node's stopBudget, 230s", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_somebody_takes_in_between_is_named()
    {
        await using var agent = AgentUnderTest.Create("between");
        var program = agent.WriteProgram("leaver", "trap 'touch leaving; while [ ! -e go ]; do sleep 0.05; done; exit 0' TERM; while :; do sleep 0.05; done");
        var node = new NodeUnderTest("leaver") { Program = program };
        agent.Configure(node);
        await agent.StartAsync(Cancellation);
        await agent.UntilAsync(() => agent.ProcessesOf("leaver").Length == 1, "it runs", Cancellation);

        var restart = LadderUnderTest.OrderAsync(agent, "leaver", ControlVerb.Restart, Cancellation);
        await agent.UntilAsync(() => File.Exists(Path.Combine(agent.Folder, "leaving")), "it leaves", Cancellation);
        using var taker = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, node.Port);
        taker.Start();
        await File.WriteAllTextAsync(Path.Combine(agent.Folder, "go"), "", Cancellation);
        var outcome = await restart;

        output.WriteLine(LadderUnderTest.Text(outcome.Proof!));
        Assert.Equal(OutcomeResult.Failed, outcome.Result);
        Assert.Equal((ProofState.Incomplete, (ProcessIdentity?)null), (outcome.Proof!.State, outcome.Proof.After));
        Assert.Contains($"pid {Environment.ProcessId}", Assert.IsType<StepResult.Failed>(outcome.Proof.Steps[^1].Result).Why, StringComparison.Ordinal);
        Assert.Equal(LadderRung.Port, outcome.Proof.Steps[^1].Rung);
        Assert.Equal(Condition.PortTaken, (await agent.StatusAsync("leaver", Cancellation)).Condition);
    }

    [Fact]
    public async Task A_second_order_shortens_the_budget_that_runs()
    {
        await using var agent = AgentUnderTest.Create("hurry");
        var program = agent.WriteProgram("deaf", "trap '' TERM; exec sleep 1000");
        agent.Configure(new NodeUnderTest("deaf") { Program = program });
        await agent.StartAsync(Cancellation);
        await agent.UntilAsync(() => agent.ProcessesOf("deaf") is [var p] && ProcessReader.Name(p) == "sleep", "it is deaf", Cancellation);

        var stop = LadderUnderTest.OrderAsync(agent, "deaf", ControlVerb.Stop, Cancellation);
        await agent.UntilAsync(() => agent.Output.Contains("SIGTERM", StringComparison.Ordinal), "SIGTERM was sent", Cancellation);
        Assert.False(stop.IsCompleted);
        await LadderUnderTest.OrderAsync(agent, "deaf", ControlVerb.Stop, Cancellation, TimeSpan.Zero);
        var outcome = await stop.WaitAsync(TimeSpan.FromSeconds(15), TimeProvider.System, Cancellation);

        output.WriteLine(LadderUnderTest.Text(outcome.Proof!));
        Assert.Equal((OutcomeResult.Done, ProofState.Complete), (outcome.Result, outcome.Proof!.State));
        Assert.IsType<StepResult.Ok>(outcome.Proof.Steps.Single(s => s.Rung == LadderRung.Kill).Result);
        Assert.Empty(agent.ProcessesOf("deaf"));
    }
}
