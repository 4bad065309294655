using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The rows of nodes that answer, each by a real process. In none of them is a process restarted.</summary>
public sealed class AnsweredRowsTests(AnsweredRows rows) : IClassFixture<AnsweredRows>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("daemon-instead", "answers with version 3.", "a daemon, where a wallet-rpc is declared")]
    [InlineData("wallet-instead", "answers with version 1.", "a wallet-rpc, where a daemon is declared")]
    public async Task The_other_program_on_a_nodes_port_is_the_wrong_service(string node, string version, string kinds)
    {
        var seen = await rows.UntilAsync(node, Condition.WrongService, HealthState.Down);

        Assert.Contains(version, seen.Message, StringComparison.Ordinal);
        Assert.Contains(kinds, seen.Message, StringComparison.Ordinal);
        await rows.MustBeLeftAloneAsync(node, seen.Pid);
    }

    [Fact]
    public async Task A_web_server_on_a_nodes_port_is_a_bad_answer()
    {
        var seen = await rows.UntilAsync("html", Condition.BadAnswer, HealthState.Down);

        Assert.Contains($"port {seen.Port} gave a bad answer: no JSON-RPC (not the JSON of an answer); look at the address", seen.Message, StringComparison.Ordinal);
        await rows.MustBeLeftAloneAsync("html", seen.Pid);
    }

    [Fact]
    public async Task A_certificate_is_accepted_by_its_fingerprint_or_CA_file_and_a_change_of_trust_touches_no_process()
    {
        var mistaken = await rows.UntilAsync("tls", Condition.BadAnswer, HealthState.Down);
        Assert.Contains($"a TLS failure (its certificate's SHA-256 fingerprint is {rows.Certificate.Fingerprint}, expected is AAAA", mistaken.Message, StringComparison.Ordinal);

        await TrustAsync(("tlsFingerprint", rows.Certificate.Fingerprint));
        await rows.Agent.UntilUpAsync("tls", Cancellation);

        await TrustAsync();
        var unknown = await rows.UntilAsync("tls", Condition.BadAnswer, HealthState.Down);
        Assert.Contains("a TLS failure (", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("UntrustedRoot", unknown.Message, StringComparison.Ordinal);

        await TrustAsync(("tlsCaFile", rows.Certificate.File));
        await rows.Agent.UntilUpAsync("tls", Cancellation);
        Assert.Equal(Condition.Healthy, (await rows.Agent.UntilUpAsync("tls-daemon", Cancellation)).Condition);
        await rows.MustBeLeftAloneAsync("tls", mistaken.Pid);
    }

    [Fact]
    public async Task A_wallet_that_knows_another_login_is_alive_and_rejects_ours()
    {
        var seen = await rows.UntilAsync("stranger", Condition.AuthRejected, HealthState.Degraded);

        Assert.Equal("alive, but the login of the check is rejected (401); correct its user and password", seen.Message);
        Assert.DoesNotContain("its password", rows.Agent.Output, StringComparison.Ordinal);
        await rows.MustBeLeftAloneAsync("stranger", seen.Pid);
    }

    [Fact]
    public async Task A_wallet_whose_password_is_wrong_stays_closed_and_is_not_tried_again_at_once()
    {
        var seen = await rows.Agent.UntilAsync("locked-out", s => s is { Condition: Condition.NoWalletOpen, State: HealthState.Degraded } && s.Message.Contains("wrong password", StringComparison.Ordinal), Cancellation);

        Assert.Contains("its declared wallet is not open (error -13)", seen.Message, StringComparison.Ordinal);
        await rows.MustBeLeftAloneAsync("locked-out", seen.Pid);
        var story = await rows.Agent.EventsAsync("locked-out", Cancellation);

        // An agent that takes the wallet over from another tries at once: the waiting is one agent's.
        var tries = story.Skip(story.FindLastIndex(e => e.Fact is NodeFact.Spawned or NodeFact.Adopted)).Where(e => e.Fact is NodeFact.WalletOpenFailed).Select(e => e.At).ToArray();
        Assert.NotEmpty(tries);
        Assert.All(tries.Zip(tries.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.FromSeconds(9.5), TimeSpan.MaxValue));
        Assert.Equal(new LockHolder.Free(), FileLocks.HolderOf(Path.Combine(rows.Agent.Folder, "wallets", "alice.keys")));
    }

    [Fact]
    public async Task A_wallet_that_an_undeclared_process_has_open_is_not_opened_by_a_second_one_which_says_why_it_ended()
    {
        var seen = await rows.UntilAsync("second", Condition.Orphan, HealthState.Down);
        await rows.Agent.UntilAsync("second", s => s.Process is "waiting to start" or "breaker open", Cancellation);

        Assert.Contains($"held open by monero-wallet-r (pid {rows.OrphanPid}), which nobody declared", seen.Message, StringComparison.Ordinal);

        // Other tests of this class kill the agent: how a process ended that ends just then, the next agent cannot know.
        var ends = await EndsAsync("second");
        for (var i = 0; i < 40 && !ends.Exists(IsSeen); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, Cancellation);
            ends = await EndsAsync("second");
        }

        var seenEnds = ends.FindAll(IsSeen);
        Assert.InRange(ends.Count - seenEnds.Count, 0, rows.Agent.Lives - 1);
        Assert.NotEmpty(seenEnds);
        Assert.All(seenEnds, exit => Assert.Equal((1, ExitCause.WalletLocked, false), (exit.Code, exit.Cause, exit.Expected)));
        Assert.True(AgentUnderTest.IsAlive(rows.OrphanPid));
    }

    [Fact]
    public async Task A_wallet_without_a_free_connection_is_saturated_and_well_once_they_are_given_back()
    {
        var before = await rows.Agent.UntilUpAsync("full", Cancellation);
        await rows.Agent.KillAsync(Cancellation);
        using (await HeldConnections.TakeAsync(rows.Full.Port, Cancellation))
        {
            await rows.Agent.StartAsync(Cancellation);
            var seen = await rows.UntilAsync("full", Condition.Saturated, HealthState.Degraded);
            Assert.Contains("its 25 connections (3 from a public address) are taken", seen.Message, StringComparison.Ordinal);
            Assert.Equal(before.Pid, seen.Pid);
        }

        await rows.Agent.UntilUpAsync("full", Cancellation);
        await rows.MustBeLeftAloneAsync("full", before.Pid);
    }

    [Fact]
    public async Task An_agent_without_descriptors_concludes_nothing_and_touches_nothing()
    {
        await rows.UntilAsync("html", Condition.BadAnswer, HealthState.Down);
        await rows.Agent.UntilUpAsync("full", Cancellation);
        var count = await TouchesAsync();
        NodeStatus? seen = null;
        for (var spare = 0; seen is not { Condition: Condition.Inconclusive } && spare < 3; spare++)
        {
            seen = await rows.StatusWithoutDescriptorsAsync("html", spare, Cancellation);
        }

        Assert.Equal((Condition.Inconclusive, HealthState.Down, false), (seen!.Condition, seen.State, seen.Worked));
        Assert.Contains("nothing can be concluded: the check failed on our own side", seen.Message, StringComparison.Ordinal);
        await rows.UntilAsync("html", Condition.BadAnswer, HealthState.Down);
        Assert.Equal(count, await TouchesAsync());

        // Of the two nodes that stand still; the others of this agent go on with what is done to them.
        async Task<int> TouchesAsync() =>
            (await rows.Agent.EventsAsync("html", Cancellation)).Concat(await rows.Agent.EventsAsync("full", Cancellation))
                .Count(e => e.Transition is not null || e.Fact is NodeFact.Stopping or NodeFact.Signalled);
    }

    private static bool IsSeen(NodeFact.Exited end) => end is not { Code: null, Signal: null, Cause: ExitCause.Unknown };

    private async Task<List<NodeFact.Exited>> EndsAsync(string node) => [.. (await rows.Agent.EventsAsync(node, Cancellation)).Select(e => e.Fact).OfType<NodeFact.Exited>()];

    private async Task TrustAsync(params (string Key, string Value)[] settings)
    {
        rows.Agent.Configure([rows.Full, rows.Tls with { Settings = settings }, .. rows.Others]);
        var (exit, said) = await rows.Agent.OrderAsync(ControlVerb.Reload, null, Cancellation);
        Assert.True(exit == 0, said);
    }
}
