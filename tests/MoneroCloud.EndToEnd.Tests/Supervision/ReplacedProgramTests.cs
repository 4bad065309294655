using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>An upgraded package replaces the program under a running wallet; that is no reason to touch it.</summary>
[Trait("RunsAs", "NonRoot")]
public sealed class ReplacedProgramTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wallet_whose_program_was_replaced_stays_the_same_node_until_it_is_restarted_with_the_new_one()
    {
        await using var agent = AgentUnderTest.Create("upgrade");
        var program = Path.Combine(agent.Folder, "wallet-rpc");
        File.Copy(Installed(), program);
        agent.Configure(new NodeUnderTest("plain") { Program = program });
        await agent.StartAsync(Cancellation);
        var before = (await agent.UntilUpAsync("plain", Cancellation)).Pid!.Value;

        File.Copy(Installed(), program + ".new");
        File.Move(program + ".new", program, overwrite: true);
        Assert.EndsWith("(deleted)", Executable(before), StringComparison.Ordinal);
        await agent.KillAsync(Cancellation);
        await agent.StartAsync(Cancellation);
        Assert.Equal(before, (await agent.UntilUpAsync("plain", Cancellation)).Pid);

        Assert.Equal(0, (await agent.OrderAsync(ControlVerb.Restart, "plain", Cancellation)).Exit);
        var after = (await agent.UntilUpAsync("plain", Cancellation)).Pid!.Value;
        Assert.NotEqual(before, after);
        Assert.Equal(program, Executable(after));
        Assert.Equal([after], agent.ProcessesOf("plain"));
    }

    [Fact]
    public async Task A_wallet_whose_program_was_deleted_goes_on_and_its_next_start_fails_with_the_reason()
    {
        await using var agent = AgentUnderTest.Create("deleted");
        var program = Path.Combine(agent.Folder, "wallet-rpc");
        File.Copy(Installed(), program);
        agent.Configure(new NodeUnderTest("plain") { Program = program });
        await agent.StartAsync(Cancellation);
        var before = (await agent.UntilUpAsync("plain", Cancellation)).Pid!.Value;
        await Wallets.ReadyForASecondAsync(agent, "plain", Cancellation);

        File.Delete(program);
        Assert.Equal(before, (await agent.UntilUpAsync("plain", Cancellation)).Pid);
        AgentUnderTest.Send(before, Signals.Kill);
        var failed = await agent.UntilAsync("plain", s => s.Pid is null && s.Message.Contains("no such file", StringComparison.Ordinal), Cancellation);

        Assert.Equal((HealthState.Down, Condition.Exited), (failed.State, failed.Condition));
        Assert.Contains(await agent.EventsAsync("plain", Cancellation), e => e.Fact is NodeFact.SpawnFailed failure && failure.Reason.Contains(program, StringComparison.Ordinal));
        File.Copy(Installed(), program);
        await agent.OrderAsync(ControlVerb.Start, "plain", Cancellation);
        await agent.UntilUpAsync("plain", Cancellation);
    }

    private static string Executable(int pid) => Assert.IsType<ProcRead<string>.Got>(ProcessReader.Executable(pid)).Value;

    private static string Installed() =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(p => Path.Combine(p, "monero-wallet-rpc")).First(File.Exists);
}
