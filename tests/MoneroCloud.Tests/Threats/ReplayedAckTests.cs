using System.Text.Json;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What somebody with a key of the bus can do with acks that he has seen: not keep a monitor alive that is dead.</summary>
public sealed class ReplayedAckTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(20);

    /// <summary>The control is <see cref="SilenceWatchTests.Acks_in_time_keep_it_quiet"/>: new ones do.</summary>
    [Fact]
    public async Task An_ack_that_is_sent_again_and_again_does_not_hide_that_the_monitor_is_silent()
    {
        await using var agent = new EnrolledAgent().Begin();
        var (ack, began) = (agent.Signed(new EventPosition(1, 0)), agent.Clock.Wall);
        for (var minute = 0; minute < 20; minute++)
        {
            agent.Bus.Put(ack);
            await agent.PassUntilAsync(() => agent.Bus.Completed == minute + 1, TimeSpan.FromMilliseconds(1));
            await agent.PassAsync(TimeSpan.FromMinutes(1), Step);
        }

        await agent.PassUntilAsync(() => agent.Log.ToString().Contains("has been silent since", StringComparison.Ordinal), Step);
        Assert.InRange(agent.Status.LastAck!.Value - began, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(13));
        Assert.Contains(agent.Refused(), r => r.Reason.Contains("it is no sign of life of the monitor", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_next_agent_does_not_believe_it_either()
    {
        var first = new EnrolledAgent().Begin();
        var key = first.Monitor.ExportPem();
        var ack = first.Signed(new EventPosition(1, 0));
        await first.DisposeAsync();
        await using var next = new EnrolledAgent(first.Folder, first.Clock.Wall + TimeSpan.FromHours(1)).Begin();
        Assert.True(SigningKey.TryImportPem(key, out var monitor, out _));
        using (monitor)
        {
            next.Bus.Put(ack);
            await next.PassUntilAsync(() => next.Bus.Completed == 1);
        }

        Assert.Null(next.Status.LastAck);
    }

    [Fact]
    public async Task One_that_another_agent_or_the_agent_itself_has_signed_is_none()
    {
        await using var agent = new EnrolledAgent().Begin();
        using var other = SigningKey.Create();
        agent.Happens(new NodeFact.Spawned(1));
        foreach (var key in new[] { other, agent.Key })
        {
            agent.Bus.Put(Jws.Sign(key, JwsType.Ack, JsonSerializer.SerializeToUtf8Bytes(
                new Ack { Audience = EnrolledAgent.Name, IssuedAt = agent.Clock.Wall.ToUnixTimeSeconds(), Epoch = 9, N = 1 }, CoreJson.Default.Ack)));
        }

        await agent.PassUntilAsync(() => agent.Bus.Completed == 2);

        Assert.Null(agent.Status.LastAck);
        Assert.Equal((1, 0), (agent.Journal.Epoch, agent.Spool.Stored.N));
    }
}
