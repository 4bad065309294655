using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The agent is killed on each step of a restart: the next one finishes it or tells that it was interrupted, and there is never a second process.</summary>
public sealed class CutLadderTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Killed_at_three_steps() => CutAtAsync("step SIGCONT", "stopping, pid", "started, pid");

    [Fact]
    [Trait("Tier", "soak")]
    public Task Killed_at_every_step() => CutAtAsync(
        "restart ordered", "step SIGCONT", "stopping, pid", "step store", "step stop_wallet", "SIGTERM", "exited (code 0)", "step SIGTERM", "started, pid", "step port free", "step start",
        "answered for the first time", "step answers", "opened its wallet", "step wallet open", "step height");

    private async Task CutAtAsync(params string[] marks)
    {
        await using var agent = await Wallets.AgentWithAnOpenWalletAsync(Cancellation);
        var untold = 0;
        foreach (var mark in marks)
        {
            await agent.UntilUpAsync("main", Cancellation);
            if (mark.Contains("SIGTERM", StringComparison.Ordinal))
            {
                // Only its own child ends an agent by SIGTERM; one that it took over, by stop_wallet.
                await agent.OrderAsync(ControlVerb.Restart, "main", Cancellation);
            }

            var before = await agent.UntilUpAsync("main", Cancellation);
            var known = (await agent.EventsAsync("main", Cancellation)).Count;
            var said = agent.Output.Length;

            _ = agent.OrderAsync(ControlVerb.Restart, "main", Cancellation);
            await agent.UntilAsync(() => agent.Output[Math.Min(said, agent.Output.Length)..].Contains(mark, StringComparison.Ordinal), mark, Cancellation);
            await agent.KillAsync(Cancellation);
            Assert.InRange(agent.ProcessesOf("main").Length, 0, 1);
            await agent.StartAsync(Cancellation);
            Assert.InRange(agent.ProcessesOf("main").Length, 0, 1);
            var after = await agent.UntilUpAsync("main", Cancellation);

            Assert.Equal([after.Pid!.Value], agent.ProcessesOf("main"));
            Assert.Equal([after.Pid!.Value], Holders(agent));
            var facts = (await agent.EventsAsync("main", Cancellation)).Skip(known).Select(e => e.Fact).ToList();
            var proofs = facts.OfType<NodeFact.Proved>().Select(p => p.Proof).ToList();
            output.WriteLine($"killed at '{mark}': pid {before.Pid} -> {after.Pid}; {(proofs.Count == 0 ? "no proof" : LadderUnderTest.Text(proofs[^1]))}");
            Assert.InRange(facts.Count(f => f is NodeFact.Spawned), 0, 1);
            untold += proofs.Any(p => p.State is ProofState.Complete or ProofState.Interrupted) ? 0 : 1;
        }

        // Before the first step was written down there is nothing to be told of.
        Assert.InRange(untold, 0, marks.Count(m => m == "restart ordered"));
        output.WriteLine($"{marks.Length} deaths, {untold} without a proof, never a second process");
    }

    /// <summary>Who has the wallet's lock: one process at the most.</summary>
    private static int[] Holders(AgentUnderTest agent) =>
        FileLocks.HolderOf(Path.Combine(agent.Folder, "wallets", "alice.keys")) is LockHolder.Held held ? [held.Pid] : [];
}
