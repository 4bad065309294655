using System.Globalization;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>What whoever started the agent left it: ignored and blocked signals, open descriptors.</summary>
[Trait("RunsAs", "NonRoot")]
public sealed class InheritedStateTests
{
    private const ulong Hangup = 1UL << (Signals.Hangup - 1);
    private const ulong Usr2 = 1UL << 11;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_agent_that_inherits_an_ignored_SIGCHLD_still_knows_how_its_children_ended()
    {
        await using var agent = AgentUnderTest.Create("ignored");
        var quits = agent.WriteProgram("quits", "exit 7");
        agent.Configure(new NodeUnderTest("plain"), new NodeUnderTest("quits") { Program = quits });
        await agent.StartAsync(Cancellation, "env", "--ignore-signal=CHLD");
        var before = await agent.UntilUpAsync("plain", Cancellation);
        await Wallets.ReadyForASecondAsync(agent, "plain", Cancellation);

        AgentUnderTest.Send(before.Pid!.Value, Signals.Kill);
        var after = await agent.UntilAsync("plain", s => s.Worked && s.Pid != before.Pid, Cancellation);

        Assert.Equal([after.Pid!.Value], agent.ProcessesOf("plain"));
        var events = await agent.EventsAsync(null, Cancellation);
        Assert.Contains(events, e => e.Fact is NodeFact.Exited { Signal: Signals.Kill, Code: null } exited && exited.Pid == before.Pid);
        Assert.All(events.Where(e => e.Node.ToString() == "quits").Select(e => e.Fact).OfType<NodeFact.Exited>(), e => Assert.Equal((7, null), (e.Code, e.Signal)));
        Assert.Contains(events, e => e.Node.ToString() == "quits" && e.Fact is NodeFact.Exited);
        Assert.DoesNotContain(events, e => e.Fact is NodeFact.SpawnFailed);
    }

    [Fact]
    public async Task Children_inherit_no_blocked_or_ignored_signal_and_no_descriptor_of_the_agents_starter()
    {
        await using var agent = AgentUnderTest.Create("inherited");
        agent.Configure(new NodeUnderTest("child") { Program = agent.WriteProgram("sleeps", "exec sleep 1000") });
        await agent.StartAsync(
            Cancellation,
            "bash", "-c", "exec 17</etc/passwd 19>/dev/null; exec \"$@\"", "bash",
            "env", "--block-signal=HUP,USR2", "--ignore-signal=QUIT,USR2");
        await agent.UntilAsync(() => agent.ProcessesOf("child") is [var pid] && Descriptors(pid) is [_, _, _], "the child runs its program", Cancellation);

        // The agent did inherit them: else this test would prove nothing.
        Assert.Contains("17", Descriptors(agent.Pid));
        Assert.Contains("19", Descriptors(agent.Pid));
        Assert.Equal(Hangup | Usr2, Signal(agent.Pid, "SigBlk") & (Hangup | Usr2));
        Assert.Equal(Usr2, Signal(agent.Pid, "SigIgn") & Usr2);

        var child = agent.ProcessesOf("child").Single();
        Assert.Equal(0UL, Signal(child, "SigBlk"));
        Assert.Equal(0UL, Signal(child, "SigIgn"));
        Assert.Equal(["0", "1", "2"], Descriptors(child));
        Assert.Equal("/dev/null", File.ResolveLinkTarget($"/proc/{child}/fd/0", returnFinalTarget: false)!.FullName);
    }

    private static string[] Descriptors(int pid) =>
        [.. Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd").Select(f => Path.GetFileName(f)).OrderBy(f => int.Parse(f, CultureInfo.InvariantCulture))];

    private static ulong Signal(int pid, string set) =>
        ulong.Parse(File.ReadLines($"/proc/{pid}/status").Single(l => l.StartsWith(set + ":", StringComparison.Ordinal)).Split('\t')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
