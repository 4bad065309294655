using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The two notes, on a small file system that is full.</summary>
public sealed class FullDiskTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wallet_on_a_small_disk_is_degraded_while_it_answers_and_after_a_save_that_failed_it_says_that_too()
    {
        var agent = AgentUnderTest.Create("disk");
        var folder = Directory.CreateDirectory(Path.Combine(agent.Folder, "wallets")).FullName;
        Assert.SkipUnless(TestMount.TryTmpfs(folder, "1m"), "Only root may mount the small disk this needs.");
        try
        {
            await Wallets.MakeAsync(agent, "alice", Cancellation);
            agent.Configure(new NodeUnderTest("main") { Wallet = ("alice", agent.WriteSecret("alice.password", Wallets.Password)) });
            await agent.StartAsync(Cancellation);
            var low = await agent.UntilAsync("main", s => s is { Worked: true, State: HealthState.Degraded }, Cancellation);
            Assert.Equal([Note.DiskLow], low.Notes);
            Assert.Matches("the wallet is open at height [0-9]+; only [0-9]+ KiB of 1 MiB are free at the wallet's folder$", low.Message);

            TestMount.Fill(Path.Combine(folder, "filler"));
            AgentUnderTest.Send(low.Pid!.Value, Signals.Terminate);
            var unsaved = await agent.UntilAsync("main", s => s.Pid is { } pid && pid != low.Pid && s.Notes.Length > 1, Cancellation);

            Assert.Equal([Note.SaveFailed, Note.DiskLow], unsaved.Notes);
            Assert.Contains("its last save failed: what happened since the save before is lost if it ends", unsaved.Message, StringComparison.Ordinal);
            var exit = Assert.Single((await agent.EventsAsync("main", Cancellation)).Select(e => e.Fact).OfType<NodeFact.Exited>());
            Assert.Equal((1, ExitCause.SaveFailed, false), (exit.Code, exit.Cause, exit.Expected));
        }
        finally
        {
            await agent.DisposeAsync();
            TestMount.Unmount(folder);
        }
    }

    [Fact]
    public async Task A_wallet_whose_agent_cannot_write_its_state_is_restarted_all_the_same()
    {
        var agent = AgentUnderTest.Create("state-disk", new NodeUnderTest("main"));
        var folder = Directory.CreateDirectory(agent.StateFolder).FullName;
        Assert.SkipUnless(TestMount.TryTmpfs(folder, "1m"), "Only root may mount the small disk this needs.");
        try
        {
            await agent.StartAsync(Cancellation);
            await agent.UntilUpAsync("main", Cancellation);
            TestMount.Fill(Path.Combine(folder, "filler"));

            // What is left of each file's last page is used up first.
            for (var i = 0; i < 12 && !(Says(agent, "journal.jsonl cannot be written") && Says(agent, "events.jsonl cannot be written")); i++)
            {
                Assert.Equal(0, await OrderAsync(agent, ControlVerb.Restart));
            }

            Assert.True(Says(agent, "journal.jsonl cannot be written: No space left on device"), agent.Output);
            Assert.True(Says(agent, "events.jsonl cannot be written: No space left on device"), agent.Output);
            var before = await agent.UntilUpAsync("main", Cancellation);
            AgentUnderTest.Send(before.Pid!.Value, Signals.Kill);
            var after = await agent.UntilAsync("main", s => s is { State: HealthState.Up, Worked: true } && s.Pid != before.Pid, Cancellation);
            Assert.Equal([after.Pid!.Value], agent.ProcessesOf("main"));
            Assert.Equal(0, await OrderAsync(agent, ControlVerb.Restart));

            File.Delete(Path.Combine(folder, "filler"));
            await agent.UntilAsync(() => Says(agent, "journal.jsonl is written again, and lacks nothing"), "the journal is whole again", Cancellation);
            Assert.Equal(0, await OrderAsync(agent, ControlVerb.Stop));
            Assert.True(Says(agent, "events.jsonl is written again"), agent.Output);
            Assert.Empty(agent.ProcessesOf("main"));
        }
        finally
        {
            await agent.DisposeAsync();
            TestMount.Unmount(folder);
        }
    }

    private static async Task<int> OrderAsync(AgentUnderTest agent, ControlVerb verb) =>
        (await agent.OrderAsync(verb, "main", Cancellation).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancellation)).Exit;

    private static bool Says(AgentUnderTest agent, string line) => agent.Output.Contains(line, StringComparison.Ordinal);
}
