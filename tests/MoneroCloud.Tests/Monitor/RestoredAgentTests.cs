using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>An agent whose state folder is older than what was told in its name.</summary>
public sealed class RestoredAgentTests
{
    [Fact]
    public async Task An_ack_of_more_than_was_told_makes_it_tell_anew_also_when_as_much_has_happened_since()
    {
        await using var agent = new EnrolledAgent().Begin();
        agent.Happens(new NodeFact.Spawned(11));
        await agent.PassUntilAsync(() => agent.Reports().Any(r => r.Events.Length > 0));
        var told = agent.Spool.Last;

        // No report is due within the next second, and no time passes.
        agent.Happens(new NodeFact.Answered(65561, 12));
        agent.Happens(new NodeFact.WalletOpened(13));
        agent.Bus.Put(agent.Signed(new EventPosition(1, told + 1)));
        await UntilCompletedAsync(agent, 1);

        Assert.Equal((2, 2), (agent.Journal.Epoch, agent.Events.Position.Epoch));
        Assert.Equal([11, 12, 13], agent.Spool.Read(int.MaxValue).Events.Select(e => Number(e.Fact)).Where(n => n > 0));
    }

    [Fact]
    public async Task An_ack_of_all_that_was_told_is_no_reason_to()
    {
        await using var agent = new EnrolledAgent().Begin();
        agent.Happens(new NodeFact.Spawned(11));
        await agent.PassUntilAsync(() => agent.Reports().Any(r => r.Events.Length > 0));
        var told = agent.Spool.Last;
        agent.Happens(new NodeFact.WalletOpened(13));
        agent.Bus.Put(agent.Signed(new EventPosition(1, told)));
        await UntilCompletedAsync(agent, 1);

        Assert.Equal(1, agent.Journal.Epoch);
        Assert.Equal([13], agent.Spool.Read(int.MaxValue).Events.Select(e => Number(e.Fact)));
    }

    private static long Number(NodeFact fact) => fact switch
    {
        NodeFact.Spawned spawned => spawned.Pid,
        NodeFact.Answered answered => answered.AfterMs,
        NodeFact.WalletOpened opened => opened.AfterMs,
        _ => 0,
    };

    private static async Task UntilCompletedAsync(EnrolledAgent agent, int messages)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (agent.Bus.Completed < messages)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10), "the message was not taken");
            await EnrolledAgent.SettleAsync();
        }
    }
}
