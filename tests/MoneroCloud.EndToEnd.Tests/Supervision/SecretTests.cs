using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Secrets reach the process that needs them, and nothing else.</summary>
public sealed class SecretTests
{
    private const string LoginPassword = "the-login-nobody-may-see";
    private const string WrongPassword = "the-wrong-password-nobody-may-see";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_login_from_a_file_works_and_stands_on_no_command_line_and_in_nothing_the_agent_writes()
    {
        await using var agent = AgentUnderTest.Create("login");
        agent.Configure(new NodeUnderTest("plain") { Login = agent.WriteSecret("login", $"operator:{LoginPassword}") });
        await agent.StartAsync(Cancellation);
        var up = await agent.UntilUpAsync("plain", Cancellation);

        Assert.Equal(Condition.Healthy, up.Condition);
        var commandLine = await File.ReadAllTextAsync($"/proc/{up.Pid}/cmdline", Cancellation);
        Assert.DoesNotContain("--disable-rpc-login", commandLine, StringComparison.Ordinal);
        Assert.DoesNotContain("operator", commandLine, StringComparison.Ordinal);
        Assert.Equal(0, (await agent.OrderAsync(ControlVerb.Restart, "plain", Cancellation)).Exit);
        await AssertNowhereAsync(agent, LoginPassword);

        // The agent was not told by its environment either, and hands nothing on.
        Assert.DoesNotContain(LoginPassword, await File.ReadAllTextAsync($"/proc/{agent.Pid}/environ", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_wallet_password_is_said_tried_again_only_after_a_while_and_written_nowhere()
    {
        await using var agent = AgentUnderTest.Create("wrong");
        await Wallets.MakeAsync(agent, "alice", Cancellation);
        agent.Configure(new NodeUnderTest("main") { Wallet = ("alice", agent.WriteSecret("alice.password", WrongPassword)) });
        await agent.StartAsync(Cancellation);

        var closed = await agent.UntilAsync("main", s => s is { State: HealthState.Degraded, Condition: Condition.NoWalletOpen }, Cancellation);
        Assert.False(closed.Worked);
        var failed = await FailuresAsync(agent);
        Assert.Single(failed);
        Assert.Contains("wrong password", ((NodeFact.WalletOpenFailed)failed[0].Fact!).Reason, StringComparison.Ordinal);

        // Five looks later there is still one attempt: the next is due after ten seconds.
        var since = failed[0].At + TimeSpan.FromSeconds(4);
        await agent.UntilAsync(() => TimeProvider.System.GetUtcNow() > since, "some checks later", Cancellation);
        Assert.Single(await FailuresAsync(agent));
        var (exit, said) = await agent.OrderAsync(ControlVerb.Restart, "main", Cancellation);
        Assert.Equal(1, exit);
        Assert.Contains("its wallet could not be opened", said, StringComparison.Ordinal);
        Assert.DoesNotContain(await agent.EventsAsync("main", Cancellation), e => e.Fact is NodeFact.Exited { Expected: false });
        await AssertNowhereAsync(agent, WrongPassword);
    }

    private static async Task<EventEntry[]> FailuresAsync(AgentUnderTest agent) =>
        [.. (await agent.EventsAsync("main", Cancellation)).Where(e => e.Fact is NodeFact.WalletOpenFailed)];

    private static async Task AssertNowhereAsync(AgentUnderTest agent, string secret)
    {
        foreach (var file in Directory.EnumerateFiles(agent.StateFolder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) is not (Names.ControlSocket or Names.StateLock)))
        {
            // Not File.ReadAllText, which asks for a lock that the agent has.
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            Assert.False((await reader.ReadToEndAsync(Cancellation)).Contains(secret, StringComparison.Ordinal), $"the secret is in {file}");
        }

        foreach (string[] command in new[] { ["status", "--all"], ["status", "--all", "--json"], ["events", "--json"], ["events"], new[] { "config", "check" } })
        {
            var (_, output, error) = await agent.RunAsync(Cancellation, command);
            Assert.DoesNotContain(secret, output + error, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(secret, agent.Output, StringComparison.Ordinal);
    }
}
